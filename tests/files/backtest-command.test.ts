import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, it, jest } from "@jest/globals";
import { runFilesBacktest } from "../../library/files/run-files-backtest";
import { readBacktest, type BacktestValues } from "../../library/run-backtest";
import { UsageError } from "../../machine/system/user-error";
import { evaluators, filledPrometheus } from "../machine/backtest/filled-prometheus";
import { folderOf, git } from "./small-repository";

const minute = 60;
const now = Math.floor(Date.now() / 30_000) * 30;

function ruleFile(limit: number): string {
  return `groups:
  - name: app
    rules:
      - alert: AppDeep
        expr: app_depth > ${limit}
        for: 2m
        labels: { severity: critical }
`;
}

const files = { "chain.yaml": "rules: [rules/*.yaml]\n", "rules/app.yaml": ruleFile(500) };
const values = { days: "0.1", "time-zone": "UTC", "timeout-seconds": "120", format: "text" };

/** The last two hours, in which it was deep three times, once very. */
function depth(second: number): number {
  if (second > now - 90 * minute && second < now - 80 * minute) return 900;
  return [60, 30].some((ago) => second > now - ago * minute && second < now - (ago - 10) * minute) ? 300 : 1;
}

async function run(root: string, more: Partial<BacktestValues>): Promise<{ readonly code: number; readonly text: string }> {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const words = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    const code = await runFilesBacktest(join(root, "chain.yaml"), { ...values, ...more }, evaluators);
    return { code, text: log.mock.calls.map(([line]) => String(line)).join("\n") };
  } finally {
    log.mockRestore();
    words.mockRestore();
  }
}

describe("`backtest --config`", () => {
  let prometheus = "";
  let root = "";
  beforeAll(async () => {
    const seconds = Array.from({ length: 300 }, (_, step) => now - (299 - step) * 30);
    const all = ["up", "app_depth"].map((name) => ({
      name,
      labels: { job: "app" },
      samples: seconds.map((second) => [second, name === "up" ? 1 : depth(second)] as const),
    }));
    prometheus = await filledPrometheus(all);
    root = folderOf(files);
    git(root, "init", "--quiet");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "--message", "one");
    writeFileSync(join(root, "rules/app.yaml"), ruleFile(200));
  });

  it("tells the working tree beside the base, as text, JSON and Markdown, and exits with 0", async () => {
    const { code, text } = await run(root, { prometheus, base: "HEAD" });
    assert.equal(code, 0);
    assert.match(text, /^AppDeep +critical +1 → 3 .*1 → 3/m);
    assert.match(text, /\nAppDeep would have paged 3 times instead of 1[,.]/);
    const json = JSON.parse((await run(root, { prometheus, base: "HEAD", format: "json" })).text) as {
      alerts: { alert: string; pages: number; base: { pages: number } }[];
    };
    assert.deepEqual(
      json.alerts.map(({ alert, pages, base }) => [alert, pages, base.pages]),
      [["AppDeep", 3, 1]],
    );
    assert.match((await run(root, { prometheus, format: "markdown" })).text, /\| AppDeep \| critical \| 3 \|/);
  });

  it("is refused where nothing can be asked, with what to do", async () => {
    await assert.rejects(run(root, {}), /Give --prometheus/);
    await assert.rejects(run(root, { prometheus: "localhost:9090" }), /no URL such as http:\/\/localhost:9090/);
    await assert.rejects(run(root, { prometheus, days: "0" }), /--days is "0"; it must be a number above 0, at most 90/);
    await assert.rejects(run(root, { prometheus, "time-zone": "Vienna" }), /There is no time zone "Vienna"/);
    await assert.rejects(run(root, { prometheus, base: "nowhere" }), /There is no commit "nowhere"/);
    await assert.rejects(run(folderOf({ ...files, "rules/app.yaml": "groups: []\n" }), { prometheus }), /no file with an alert/);
    assert.throws(() => readBacktest(values), UsageError);
  });
});
