import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { browser } from "../tools/browser";
import { devContent, serve, someChanges } from "./served";

describe("the site in a browser", () => {
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  let started: Browser | undefined;
  beforeAll(async () => {
    server = await serve(devContent({ changes: someChanges }));
    started = await browser();
  });
  afterAll(async () => {
    await started?.close();
    await server?.close();
  });

  /** Opens a page, and closes it after the work. */
  async function on(
    path: string,
    work: (page: Awaited<ReturnType<Browser["newPage"]>>) => Promise<void>,
    isScripted = true,
    isMissing = false,
  ): Promise<void> {
    assert.ok(started && server);
    const page = await started.newPage({ locale: "en-US", javaScriptEnabled: isScripted });
    const wrong: string[] = [];
    page.on("pageerror", ({ message }) => wrong.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") wrong.push(message.text());
    });
    try {
      await page.goto(`${server.url}${path}`);
      await work(page);
      // The browser itself complains of a 404.
      assert.deepEqual(isMissing ? wrong.filter((text) => !text.includes("404")) : wrong, []);
    } finally {
      await page.close();
    }
  }

  it("shows a runbook with JavaScript off: its text, its commands, and who leads there", async () => {
    await on(
      "/runbooks/mc/incident-response.md/",
      async (page) => {
        const text = await page.locator("main").innerText();
        assert.match(text, /Restarting an MC ends every\s+meeting on it/);
        assert.match(text, /Alerts that lead here:\s+.*MCHighMailboxDepth/);
        assert.ok((await page.locator("main pre").count()) > 20);
        assert.equal(await page.getByRole("searchbox").isVisible(), false);
        assert.equal(await page.locator("button.copy:visible").count(), 0);
      },
      false,
    );
  });

  it("shows an alert with JavaScript off: what fires it, its expression, and what to do", async () => {
    await on(
      "/alerts/MCHighMailboxDepth/",
      async (page) => {
        const text = await page.locator("main").innerText();
        assert.match(text, /Mailbox depth by actor type is above 100 for 2m/);
        assert.match(text, /quantile_over_time\(0\.5, mc_actor_mailbox_depth\[5m\]\)/);
        assert.match(text, /Scenario 1: High mailbox depth/);
      },
      false,
    );
  });

  // From wherever the reader is: its results are relative to the page.
  for (const path of ["/", "/runbooks/mc/incident-response.md/", "/alerts/MCHighMailboxDepth/", "/nothing/there/"])
    it(`finds an alert by a part of its name, with the keyboard alone, on ${path}`, async () => {
      await on(
        path,
        async (page) => {
          await page.keyboard.press("/");
          await page.keyboard.type("high mailbox");
          await page.getByRole("option").first().waitFor();
          const options = await page.getByRole("option").allInnerTexts();
          assert.deepEqual(
            options.map((option) => option.split(" ").at(0)),
            ["MCHighMailboxDepth", "Scenario"],
          );
          await page.keyboard.press("ArrowDown");
          await page.keyboard.press("ArrowUp");
          await page.keyboard.press("Enter");
          await page.waitForURL("**/alerts/MCHighMailboxDepth/index.html");
          assert.equal(await page.locator("h1").innerText(), "MCHighMailboxDepth");
        },
        true,
        path.startsWith("/nothing"),
      );
    });

  it("reaches every link and button with the tabulator key", async () => {
    await on("/alerts/MCHighMailboxDepth/", async (page) => {
      const all = `[...document.querySelectorAll("main a[href], main button, main summary, header a[href], header input")].filter((each) => each.checkVisibility())`;
      const count = Number(await page.evaluate(`${all}.length`));
      const reached = new Set<string>();
      for (let step = 0; step < count * 3; step++) {
        await page.keyboard.press("Tab");
        reached.add(String(await page.evaluate(`${all}.indexOf(document.activeElement)`)));
      }
      assert.equal([...reached].filter((place) => place !== "-1").length, count);
    });
  });

  it("goes from the map to any alert, section and panel in two steps", async () => {
    await on("/", async (page) => {
      await page.getByRole("link", { name: "Meeting Controller" }).last().click();
      await page.getByRole("link", { name: "MCHighMailboxDepth", exact: true }).first().click();
      assert.equal(await page.locator("h1").innerText(), "MCHighMailboxDepth");
    });
  });

  it("copies a command", async () => {
    await on("/alerts/MCHighMailboxDepth/", async (page) => {
      const button = page.locator("button.copy").first();
      await button.click();
      await page.waitForFunction("document.querySelector('button.copy').textContent !== 'Copy'");
      assert.match(await button.innerText(), /Copied|Marked/);
    });
  });

  it("takes the number of a panel from the address where no server does", async () => {
    await on("/d/mc-overview/index.html?viewPanel=79855595", async (page) => {
      // Only the plots' script is needed for it, and a site without plots has none.
      assert.equal(await page.locator("#panel-79855595 h3").innerText(), "Mailbox depth by actor type");
    });
  });

  it("prints a runbook without what cannot be clicked on paper", async () => {
    await on("/runbooks/mc/incident-response.md/", async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("header").isVisible(), false);
      assert.equal(await page.locator("button.copy:visible").count(), 0);
      assert.equal(await page.locator("h2").first().isVisible(), true);
    });
  });

  it("needs no sideways scrolling on a phone", async () => {
    for (const path of [
      "/",
      "/alerts/MCHighMailboxDepth/",
      "/runbooks/mc/incident-response.md/",
      "/d/mc-overview/",
      "/services/mc/",
      "/changes/",
    ])
      await on(path, async (page) => {
        await page.setViewportSize({ width: 390, height: 800 });
        assert.ok(Number(await page.evaluate("document.documentElement.scrollWidth")) <= 390, path);
      });
  });
});
