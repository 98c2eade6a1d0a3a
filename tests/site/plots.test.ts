import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { plotAll, type Plotted } from "../../core/simulate/plot";
import { browser } from "../tools/browser";
import { promtool } from "../tools/promtool";
import { devContent, serve } from "./served";

const crash = "mc/one-crash";
const goodDay = "mc/good-day";

describe("plots of played situations, in a browser", () => {
  const content = devContent();
  let played: ReadonlyMap<string, Plotted> = new Map();
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  let started: Browser | undefined;

  beforeAll(async () => {
    const plays = content.situations
      .filter(({ id }) => [crash, goodDay].includes(id))
      .flatMap((situation) => situation.views.slice(0, 1).map((view) => ({ situation, view })));
    const plotted = await plotAll(content.model, plays, { promtool: await promtool(), processes: 1 });
    played = new Map(plotted.map((each) => [each.situation.id, each]));
    server = await serve({ ...content, plots: { type: "simulated", played } });
    started = await browser();
  });
  afterAll(async () => {
    await started?.close();
    await server?.close();
  });

  it("have a value for each moment, and only those of panels that show anything", () => {
    const plotted = played.get(crash);
    assert.ok(plotted && plotted.seconds.length > 20);
    const restarts = plotted.panels.get("mc-overview/restarts") ?? [];
    assert.ok(restarts.length > 0, [...plotted.panels.keys()].join(" "));
    for (const [panel, lines] of plotted.panels)
      for (const { values } of lines) assert.equal(values.length, plotted.seconds.length, panel);
    const first = restarts.find(({ values }) => values.at(-1) === 1);
    assert.equal(first?.values[0], 0, "before the crash nothing has restarted");
  });

  /** A page on which every plot was in sight once. */
  async function scrolled(path: string): Promise<Awaited<ReturnType<Browser["newPage"]>>> {
    assert.ok(started && server);
    const page = await started.newPage({ locale: "en-US", viewport: { width: 1280, height: 900 } });
    await page.goto(server.url + path);
    for (const plot of await page.locator(".plot").all()) await plot.scrollIntoViewIfNeeded();
    await page.waitForFunction("[...document.querySelectorAll('.plot')].every((plot) => 'drawn' in plot.dataset)");
    return page;
  }

  it("are drawn on the page of an alert: its panel, and the situations in which it fires", async () => {
    const page = await scrolled("/alerts/MCRestarting/");
    const text = await page.locator("main").innerText();
    assert.match(text, /In which it fires: 1/);
    assert.match(text, /mc\/one-crash: .*Fires at 0:15, told at 1:00, until the end\./);
    assert.match(text, /mc\/good-day: .*Not even pending\./);
    assert.equal(await page.locator(".plot canvas").count(), 3);
    assert.equal(await page.locator(".no-plot").count(), 0);
    await page.close();
  });

  it("are drawn on a dashboard: a graph for each graph with data, a number for each stat", async () => {
    const page = await scrolled("/d/mc-overview/");
    assert.ok((await page.locator(".plot canvas").count()) > 15);
    assert.equal(
      await page
        .locator("figure", { hasText: "MC instances up" })
        .locator(".stat")
        .first()
        .innerText()
        .then((text) => text.split("\n")[0]),
      "2",
    );
    await page.close();
  });

  it("stand below the timeline of a situation, which needs no script", async () => {
    assert.ok(started && server);
    const page = await started.newPage({ javaScriptEnabled: false });
    await page.goto(`${server.url}/situations/${crash}/`);
    assert.equal(await page.locator("svg.timeline .firing").count(), 1);
    assert.equal(await page.locator("svg.timeline .told").count(), 1);
    assert.match(await page.locator("main").innerText(), /1?:?0:15\s+MCRestarting pod=\S+\s+fires page\s+told at 1:00\s+the end/);
    await page.close();
    const scripted = await scrolled(`/situations/${crash}/`);
    assert.ok((await scripted.locator(".plot canvas").count()) >= 3);
    await scripted.close();
  });

  it("are printed, those out of sight too", async () => {
    assert.ok(started && server);
    const page = await started.newPage({ locale: "en-US" });
    await page.goto(`${server.url}/d/mc-overview/`);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.waitForFunction("[...document.querySelectorAll('.plot')].every((plot) => 'drawn' in plot.dataset)");
    await page.close();
  });

  // `SCREENSHOTS=docs/images npm test -- tests/site/plots` renews those of the README.
  const folder = process.env["SCREENSHOTS"] ?? mkdtempSync(join(tmpdir(), "screenshots-"));
  const pictures = [
    { name: "map", path: "/", height: 620, colorScheme: "light" },
    { name: "alert", path: "/alerts/MCRestarting/#situations", height: 620, colorScheme: "light" },
    { name: "runbook", path: "/runbooks/mc/incident-response.md/#scenario-8-pods-restarting", height: 620, colorScheme: "dark" },
  ] as const;
  for (const { name, path, height, colorScheme } of pictures)
    it(`are on the picture of the ${name} that the README shows, which is small`, async () => {
      assert.ok(started && server);
      const page = await started.newPage({ locale: "en-US", viewport: { width: 1000, height }, colorScheme });
      await page.goto(server.url + path);
      await page.waitForLoadState("networkidle");
      const picture = await page.screenshot({ path: join(folder, `${name}.png`) });
      assert.ok(picture.length < 150 * 1024, String(picture.length));
      await page.close();
    });
});
