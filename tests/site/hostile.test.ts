import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { readMarkdown } from "../../core/load/markdown";
import type { Content } from "../../core/site/content";
import type { Model } from "../../core/model/model";
import { browser } from "../tools/browser";
import { hostileTexts } from "./hostile";
import { devContent, serve } from "./served";

const all = hostileTexts.join("\n\n");
const inOneLine = all.replaceAll("\n", " ");

/** The site of the stack dev, with hostile texts in every place that takes one. */
function hostileContent(): Content {
  const content = devContent();
  const { services } = content.model;
  const changed = services.map((service) => ({
    ...service,
    title: service.title + inOneLine,
    dashboards: service.dashboards.map((dashboard) => ({ ...dashboard, title: inOneLine, description: inOneLine })),
  }));
  for (const { alerts, metrics } of changed) {
    for (const alert of alerts) {
      Object.assign(alert, {
        summary: inOneLine,
        impact: inOneLine,
        labels: { ...alert.labels, [`l${alerts.indexOf(alert)}`]: inOneLine },
      });
      Object.assign(alert.panel, { title: inOneLine, description: inOneLine });
    }
    for (const metric of Object.values(metrics)) Object.assign(metric, { help: inOneLine });
  }
  const runbooks = content.model.runbooks.map(({ path, text }) => readMarkdown(path, `${text}\n\n${all}\n\n## ${inOneLine}\n`));
  const model: Model = { ...content.model, services: changed, runbooks };
  const [situation] = content.situations;
  return {
    ...content,
    stack: inOneLine,
    model,
    findings: [{ check: inOneLine, severity: "warning", subject: { file: inOneLine, name: inOneLine }, message: inOneLine }],
    situations: situation ? [{ ...situation, title: inOneLine }] : [],
    plots: { type: "none", reason: inOneLine },
  };
}

describe("hostile texts in every place, in a browser", () => {
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  let started: Browser | undefined;
  beforeAll(async () => {
    server = await serve(hostileContent());
    started = await browser();
  });
  afterAll(async () => {
    await started?.close();
    await server?.close();
  });

  it("tries at least 30", () => {
    assert.ok(hostileTexts.length >= 30);
  });

  const pages = [
    "/",
    "/services/mc/",
    "/alerts/MCHighMailboxDepth/",
    "/runbooks/mc/incident-response.md/",
    "/d/mc-overview/",
    "/findings/",
    "/everything/",
    "/situations/",
  ];
  for (const path of pages)
    // Without the page's policy: what is not there need not be forbidden.
    for (const bypassCSP of [false, true])
      it(`do nothing on ${path}${bypassCSP ? ", even where the policy were gone" : ""}`, async () => {
        assert.ok(started && server);
        const page = await started.newPage({ locale: "en-US", bypassCSP });
        const { url } = server;
        const wrong: string[] = [];
        page.on("dialog", (dialog) => void (wrong.push("a dialog"), dialog.dismiss()));
        page.on("request", (request) => {
          if (/stolen|javascript|data:/.test(request.url())) wrong.push(request.url());
        });
        page.on("console", (message) => {
          if (message.type() === "error") wrong.push(message.text());
        });
        await page.goto(url + path);
        await page.mouse.move(200, 300);
        for (const name of ["click", "protocol relative"])
          for (const link of await page.locator("a[href]", { hasText: name }).all()) {
            const href = (await link.getAttribute("href")) ?? "";
            if (!/^(https?:|mailto:|[^:]*$)/.test(href)) wrong.push(href);
          }
        assert.equal(await page.evaluate("window.hacked"), undefined);
        assert.equal(page.url(), url + path);
        assert.equal(await page.locator("main h1").count(), 1);
        assert.equal(
          await page.locator("iframe, object, embed, form, base, style, img, video, audio, script:not([src])").count(),
          0,
        );
        const text = await page.locator("main").innerText();
        for (const control of ["\u001b", "\u202e", "\u2066"]) assert.ok(!text.includes(control));
        assert.deepEqual(wrong, []);
        await page.close();
      });

  it("do nothing in what the search finds", async () => {
    assert.ok(started && server);
    const page = await started.newPage({ locale: "en-US" });
    await page.goto(server.url);
    await page.keyboard.press("/");
    await page.keyboard.type("MCHigh");
    await page.getByRole("option").first().waitFor();
    assert.equal(await page.locator(".found img, .found script, .found a").count(), 0);
    assert.equal(await page.evaluate("window.hacked"), undefined);
    await page.close();
  });
});
