import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { renderSite } from "../../../core/site/site";
import { loadSiteAssets } from "../../../core/load/site-assets";
import { devContent } from "../../site/served";

const content = devContent();
const files = renderSite(content, loadSiteAssets());
const pages = [...files].flatMap(([file, text]): [string, string][] =>
  typeof text === "string" && file.endsWith(".html") ? [[file, text]] : [],
);
const idsOf = new Map(
  pages.map(([file, text]) => [file, [...text.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => unescape(id))]),
);

/** The attributes by which elements load something; `href` is no such one of a link that a reader follows. */
const loading = new Set(["src", "srcset", "href", "xlink:href", "poster", "data", "action", "formaction", "background", "ping"]);

/** The text of an attribute. */
function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll("&amp;", "&");
}

describe("every page of the site", () => {
  it("is there for each service, alert, dashboard, runbook and situation", () => {
    const { services, runbooks } = content.model;
    const expected = [
      ...services.map(({ id }) => `services/${id}/index.html`),
      ...services.flatMap(({ alerts }) => alerts.map(({ name }) => `alerts/${name}/index.html`)),
      ...services.flatMap(({ dashboards }) => dashboards.map(({ uid }) => `d/${uid}/index.html`)),
      ...runbooks.map(({ path }) => `runbooks/${path}/index.html`),
      ...content.situations.map(({ id }) => `situations/${id}/index.html`),
    ];
    assert.deepEqual(
      expected.filter((file) => !files.has(file)),
      [],
    );
  });

  it("counts on the map what the stack deploys: not the runbook of the watchdog, to which nobody listens in dev", () => {
    const map = String(files.get("index.html"));
    // What `npm run up` prints, which README shows and its test compares.
    const readme = readFileSync(resolve(__dirname, "../../../README.md"), "utf8");
    const [, deployed = "", total = ""] = /\nDeployed:\n((?: {2}\S+ .*\n)+?) {2}total +\d+ rules, (.*)\n/.exec(readme) ?? [];
    const services = deployed.trimEnd().split("\n").length;
    const [said] = /\d+ services, \d+ alerts, \d+ dashboards, \d+ runbooks;/.exec(map) ?? [];
    assert.equal(said, `${services} services, ${total};`);
    assert.ok(content.model.runbooks.some(({ path }) => path.startsWith("alerting/")));
  });

  it("has no dead link, and no link to a place that is not there", () => {
    const dead = pages.flatMap(([file, text]) =>
      [...text.matchAll(/ (?:href|src|data-source|data-index)="([^"]*)"/g)].flatMap(([, value = ""]) => {
        const link = unescape(value);
        if (/^[a-z]+:/.test(link)) return [];
        const [path = "", fragment] = link.split("#", 2);
        const target = path === "" ? file : posix.join(posix.dirname(file), decodeURIComponent(path));
        if (!files.has(target)) return [`${file}: ${link}`];
        const isThere = fragment === undefined || idsOf.get(target)?.includes(decodeURIComponent(fragment));
        return isThere ? [] : [`${file}: ${link}`];
      }),
    );
    assert.deepEqual(dead, []);
  });

  it("leads out only by http, https and mailto", () => {
    const schemes = pages.flatMap(([, text]) => [...text.matchAll(/ (?:href|src)="([a-z]+:)/g)].map(([, scheme]) => scheme));
    assert.deepEqual(
      [...new Set(schemes)].filter((scheme) => !["http:", "https:", "mailto:"].includes(String(scheme))),
      [],
    );
  });

  it("has no id twice", () => {
    const twice = [...idsOf].flatMap(([file, ids]) =>
      ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${file}#${id}`),
    );
    assert.deepEqual(twice, []);
  });

  it("has no script, style or handler of its own", () => {
    for (const [file, text] of pages) {
      assert.doesNotMatch(text, /<script(?![^>]* src="[^"]+" defer><\/script>)/, file);
      assert.doesNotMatch(text, /<style|<[^>]* style=|<[^>]* on[a-z]+=/, file);
    }
  });

  it("has the anchors that the checks know, and all of them", () => {
    for (const { path, headings } of content.model.runbooks) {
      const ids = idsOf.get(`runbooks/${path}/index.html`) ?? [];
      assert.deepEqual(
        headings.map(({ slug }) => slug).filter((slug) => !ids.includes(slug)),
        [],
        path,
      );
    }
  });

  it("loads only what is on the site, whatever it is that loads", () => {
    const elsewhere = pages.flatMap(([file, text]) => {
      const tags = [...text.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*\/?>/g)];
      return tags.flatMap(([, tag, attributes = ""]) =>
        [...attributes.matchAll(/([^\s"=]+)="([^"]*)"/g)].flatMap(([, name = "", value = ""]) => {
          const isLoaded = tag === "a" ? name === "ping" : loading.has(name);
          if (!isLoaded) return [];
          const target = posix.join(posix.dirname(file), decodeURIComponent(unescape(value).split("#", 1)[0] ?? ""));
          const isOwn = unescape(value).startsWith("#") || files.has(target);
          return isOwn ? [] : [`${file}: <${String(tag)} ${name}="${value}">`];
        }),
      );
    });
    assert.deepEqual(elsewhere, []);
  });

  it("loads nothing from elsewhere", () => {
    for (const [file, text] of files)
      if (typeof text === "string" && /\.(css|html)$/.test(file)) assert.doesNotMatch(text, /(?:src|url\()=?["']?https?:/, file);
  });
});
