import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { browser } from "../tools/browser";
import { devContent, serve, someChanges } from "./served";

const kinds = {
  map: "/",
  service: "/services/mc/",
  alert: "/alerts/MCHighMailboxDepth/",
  runbook: "/runbooks/mc/incident-response.md/",
  dashboard: "/d/mc-overview/",
  situation: "/situations/mc/one-crash/",
  situations: "/situations/",
  findings: "/findings/",
  everything: "/everything/",
  platform: "/platform/",
  changes: "/changes/",
  "what is not there": "/nothing/",
} as const;

const results = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullish(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string().optional() })),
  }),
);

describe("accessibility, as axe sees it", () => {
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

  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const [kind, path] of Object.entries(kinds))
    for (const look of ["wide", "phone", "dark"] as const)
      it(`finds nothing serious on ${kind}, ${look}`, async () => {
        assert.ok(started && server);
        const page = await started.newPage({
          locale: "en-US",
          viewport: look === "phone" ? { width: 390, height: 800 } : { width: 1280, height: 900 },
          colorScheme: look === "dark" ? "dark" : "light",
          bypassCSP: true, // the checker is a script of the test, not of the page
        });
        await page.goto(`${server.url}${path}`);
        await page.evaluate(axe);
        const found = results.parse(await page.evaluate("axe.run().then(({ violations }) => violations)"));
        await page.close();
        assert.deepEqual(
          found
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(
              ({ id, nodes }) =>
                `${id}: ${nodes
                  .slice(0, 3)
                  .map(({ target, failureSummary }) => `${String(target[0])} ${failureSummary ?? ""}`)
                  .join("; ")}`,
            ),
          [],
        );
      });
});
