import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { indexOf } from "../../core/model/model";
import { renderRuleObjects } from "../../core/render/prometheus-rule";
import type { AlertingRule } from "../../core/render/alert";
import { localAddresses } from "../../machine/show/stack-addresses";
import { browser } from "../tools/browser";
import { devContent, serve } from "./served";

const content = devContent();

/** The alerts as they are deployed. */
const rules = content.model.services
  .flatMap((service) => renderRuleObjects(service, indexOf(content.model), content.environment))
  .flatMap(({ groups }) => groups)
  .flatMap(({ rules: all }) => all)
  .filter((rule): rule is AlertingRule => "alert" in rule);

describe("what the alerts of the stack dev lead to, in a browser", () => {
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  let started: Browser | undefined;
  let page: Page | undefined;

  beforeAll(async () => {
    server = await serve(content);
    started = await browser();
    page = await started.newPage({ locale: "en-US", viewport: { width: 1200, height: 800 } });
  });
  afterAll(async () => {
    await started?.close();
    await server?.close();
  });

  /** Opens an address of an alert on the port of the test. */
  async function open(address: string): Promise<Page> {
    const url = new URL(address);
    assert.ok(
      localAddresses(content.environment).ports.some(({ port }) => String(port) === url.port),
      `npm run show does not serve ${address}.`,
    );
    assert.ok(page && server);
    url.port = String(server.port);
    await page.goto(url.href);
    return page;
  }

  it("is there at all", () => {
    assert.ok(rules.length > 50, `${rules.length} alerts`);
  });

  for (const { alert, annotations } of rules) {
    it(`${alert} leads to its section and to its panel`, async () => {
      const { runbook_url: runbookUrl = "", dashboard_url: dashboardUrl = "" } = annotations;
      const declared = content.model.services.flatMap(({ alerts }) => alerts).find(({ name }) => name === alert);
      assert.ok(declared);

      const runbook = await open(runbookUrl);
      const heading = runbook.locator(`[id="${decodeURIComponent(new URL(runbookUrl).hash.slice(1))}"]`);
      assert.equal((await heading.innerText()).replace(/ #$/, ""), declared.runbook.title);
      await assertInView(heading);

      const dashboard = await open(dashboardUrl);
      const number = new URL(dashboardUrl).searchParams.get("viewPanel") ?? "";
      const panel = dashboard.locator(`#panel-${number}`);
      assert.equal(await panel.locator("h3").innerText(), declared.panel.title);
      await assertInView(panel);
    });
  }
});

async function assertInView(element: ReturnType<Page["locator"]>): Promise<void> {
  const box = await element.boundingBox();
  assert.ok(box && box.y >= -1 && box.y < 760, `It is at ${box?.y ?? "no place"}.`);
}
