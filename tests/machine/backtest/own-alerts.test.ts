import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { BoundedServer, usualLimits } from "../../../machine/backtest/bounded-server";
import { runBacktest } from "../../../machine/backtest/run-backtest";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import { startLocalServer } from "../../../core/simulate/local-server";
import { atTestEnd } from "../../at-test-end";
import { play } from "../prometheus/playing-server";
import { temporaryFolder } from "../temporary-folder";
import { evaluators } from "./filled-prometheus";

// A second stands for half a minute: the server scrapes and evaluates every second, while the test waits.
const groups = [
  {
    name: "demo",
    interval: "1s",
    rules: [
      { record: "demo:failures:increase", expr: "sum by (code) (increase(demo_failures_total[4s]))" },
      {
        alert: "Failing",
        expr: "demo:failures:increase > 1",
        for: "2s",
        labels: { severity: "{{ if gt $value 2.0 }}page{{ else }}warning{{ end }}" },
      },
      { alert: "Deep", expr: "demo_depth > 5", for: "3s", keep_firing_for: "3s", labels: { severity: "page" } },
      { alert: "Flapping", expr: "demo_depth > 5", labels: { severity: "page" } },
      { alert: "Gone", expr: "absent(demo_ready)", for: "2s", labels: { severity: "page" } },
    ],
  },
];
const lastsSeconds = 46;

/** What the target exports at a second: it fails, it gets deep and flaps, it is restarted, and a series is gone for a while. */
function exported(second: number): string {
  const failures = second < 28 ? Math.max(0, second - 16) * 2 : second - 28;
  const isDeep = (second > 14 && second < 22) || (second > 30 && second < 41 && second % 3 === 0);
  return [
    `demo_failures_total{code="500"} ${Math.min(failures, 12)}`,
    `demo_failures_total{code="503"} ${Math.min(16, Math.max(0, second - 22))}`,
    `demo_depth ${isDeep ? 9 : 1}`,
    ...(second > 23 && second < 32 ? [] : ["demo_ready 1"]),
    "",
  ].join("\n");
}

describe("a backtest beside the alerts that the server itself made", () => {
  it("has the same periods, each to one evaluation", async () => {
    const began = Date.now() / 1000;
    const target = await play((response) =>
      response.setHeader("Content-Type", "text/plain; version=0.0.4").end(exported(Math.floor(Date.now() / 1000 - began))),
    );
    const folder = temporaryFolder();
    writeFileSync(join(folder, "demo.rules.yml"), stringify({ groups }));
    const tools = await evaluators();
    const { url, stop } = await startLocalServer({
      command: tools.prometheus,
      folder,
      configuration: stringify({
        global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
        rule_files: ["demo.rules.yml"],
        scrape_configs: [{ job_name: "demo", static_configs: [{ targets: [new URL(target.url).host] }] }],
      }),
      args: ["--storage.tsdb.path=data", "--query.lookback-delta=5s"],
    });
    atTestEnd(stop);
    await sleep(lastsSeconds * 1000);
    const until = Math.floor(Date.now() / 1000) - 1;
    const report = await runBacktest({
      url,
      days: lastsSeconds / 86_400,
      timeoutSeconds: 120,
      timeZone: "UTC",
      head: { rules: readEvaluatedRules(groups), inhibitions: [] },
      tools,
      note: () => undefined,
      until,
    });
    const { from } = report.window;
    const own = await ownAlerts(url, from, until);
    const told = report.head.histories.flatMap(({ alert, severity, periods }) =>
      periods.map((period) => ({ name: `${alert} ${severity}`, from: period.from, until: period.until })),
    );
    const names = (all: readonly Fired[]): readonly string[] => all.map(({ name }) => name).sort();
    const list = JSON.stringify({ own, told }, null, 1);
    assert.deepEqual(names(told), names(own), list);
    assert.ok(own.length >= 7, list);
    for (const one of own) {
      const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1;
      assert.ok(
        told.some((other) => other.name === one.name && isNear(other.from, one.from) && isNear(other.until, one.until)),
        `${one.name}\n${list}`,
      );
    }
  });
});

interface Fired {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

/** What the server's own series of alerts says, second by second. */
async function ownAlerts(url: string, from: number, until: number): Promise<readonly Fired[]> {
  const server = new BoundedServer({ url, signal: new AbortController().signal }, usualLimits, Date.now() + 60_000);
  const query = 'max by (alertname, severity) (ALERTS{alertstate="firing"})';
  const { series } = await server.matrix({ query, start: from, end: until, step: 1 });
  return series.flatMap(({ labels, samples }) => {
    const name = `${labels["alertname"] ?? ""} ${labels["severity"] ?? ""}`;
    const seconds = samples.map(([second]) => second);
    const starts = seconds.filter((second, index) => index === 0 || second - (seconds[index - 1] ?? 0) > 1);
    return starts.map((start, index) => {
      const next = starts[index + 1] ?? Infinity;
      return { name, from: start, until: (seconds.filter((second) => second < next).at(-1) ?? start) + 1 };
    });
  });
}
