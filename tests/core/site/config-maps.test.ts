import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { loadSiteAssets } from "../../../core/load/site-assets";
import { siteConfigMaps } from "../../../core/site/config-maps";
import type { Files } from "../../../core/site/content";
import { renderSite } from "../../../core/site/site";
import { devContent } from "../../site/served";

const content = devContent();
const files = renderSite(content, loadSiteAssets());
const configMaps = siteConfigMaps(files, content.model, "site");

describe("the ConfigMaps of a site", () => {
  it("serve the same bytes as the files that npm run site writes", () => {
    const served = configMaps.flatMap(({ data, items }) =>
      items.map(({ key, path }): [string, string] => [path, data[key] ?? ""]),
    );
    assert.deepEqual(new Map(served), new Map(files));
    assert.equal(served.length, files.size);
  });

  it("are one for each service and one for what all share", () => {
    assert.deepEqual(
      configMaps
        .map(({ part }) => part.replace(/-\d+$/, ""))
        .filter((part, place, all) => all.indexOf(part) === place)
        .sort(),
      ["alerting", ...content.model.services.map(({ id }) => id), "shared"].sort(),
    );
  });

  it("are below what the API server takes, and have keys that it takes", () => {
    for (const { name, data } of configMaps) {
      assert.match(name, /^[a-z0-9-]{1,63}$/);
      assert.ok(Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0) < 1024 * 1024, name);
      for (const key of Object.keys(data)) assert.match(key, /^[-._a-zA-Z0-9]{1,253}$/);
    }
  });

  const made = (...pages: readonly (readonly [string, string])[]): Files => new Map(pages);
  const namesOf = (some: Files): readonly string[] => siteConfigMaps(some, content.model, "site").map(({ name }) => name);

  it("have another name when a page is another, and the same when none is", () => {
    const before = namesOf(made(["index.html", "a"]));
    assert.deepEqual(namesOf(made(["index.html", "a"])), before);
    assert.notDeepEqual(namesOf(made(["index.html", "b"])), before);
    assert.notDeepEqual(namesOf(made(["other.html", "a"])), before);
  });

  it("are split where they would be too large", () => {
    const large = "x".repeat(500 * 1024);
    const parts = siteConfigMaps(made(["a.html", large], ["b.html", large], ["c.html", "small"]), content.model, "site");
    assert.deepEqual(
      parts.map(({ part, items }) => [part, items.map(({ path }) => path)]),
      [
        ["shared", ["a.html"]],
        ["shared-2", ["b.html", "c.html"]],
      ],
    );
  });

  it("tell paths apart that would be one key without their slashes", () => {
    const [only] = siteConfigMaps(made(["a/b", "1"], ["a_b", "2"], ["a_2f_b", "3"], ["ä", "4"]), content.model, "site");
    assert.equal(Object.keys(only?.data ?? {}).length, 4);
  });
});
