import assert from "node:assert/strict";
import { beforeAll, describe, it } from "@jest/globals";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import { rowsOf, differencesOf } from "../../../core/replay/report";
import type { RuleSet } from "../../../core/model/rule-set";
import type { Sample, StoredSeries } from "../../../core/simulate/stored-series";
import { runBacktest, type BacktestRequest } from "../../../machine/backtest/run-backtest";
import { prometheus } from "../../tools/prometheus";
import { promtool } from "../../tools/promtool";
import { filledPrometheus } from "./filled-prometheus";

const day = 86_400;
const until = Date.UTC(2026, 10, 20, 12) / 1000;
const from = until - 2 * day;
/** Scrapes are not at full intervals: each target has its own moment. */
const phase = 7.345;

function series(name: string, labels: Record<string, string>, value: (second: number) => number | undefined): StoredSeries {
  const samples: Sample[] = [];
  for (let second = from + phase; second <= until; second += 30) {
    const now = value(second);
    if (now !== undefined) samples.push([second, now]);
    else if (samples.length > 0 && samples.at(-1)?.[1] !== "stale") samples.push([second, "stale"]);
  }
  return { name, labels, samples };
}
const during = (second: number, start: number, minutes: number): boolean => second >= start && second < start + minutes * 60;

const night = from + 11 * 3600; // 23:00
const depth = (second: number): number =>
  during(second, night, 20) ? 900 : during(second, from + 20 * 3600, 20) || during(second, from + 30 * 3600, 20) ? 300 : 10;
const all: readonly StoredSeries[] = [
  series("up", { job: "mc", instance: "a" }, () => 1),
  series("mc_depth", { job: "mc", instance: "a" }, depth),
];
const rules = (...list: readonly object[]): RuleSet => ({
  rules: readEvaluatedRules([{ name: "g", rules: list }]),
  inhibitions: [],
});

describe("a backtest", () => {
  let request: Omit<BacktestRequest, "head">;
  beforeAll(async () => {
    request = {
      url: await filledPrometheus(all),
      days: 2,
      timeoutSeconds: 300,
      timeZone: "UTC",
      tools: { prometheus: await prometheus(), promtool: await promtool() },
      note: (line) => console.log(line),
      until,
    };
  });

  it("tells that a lower threshold pages 3 times instead of once", async () => {
    const alert = (limit: number): object => ({
      alert: "Deep",
      expr: `mc_depth > ${limit}`,
      for: "5m",
      labels: { severity: "page" },
    });
    const report = await runBacktest({ ...request, base: rules(alert(500)), head: rules(alert(200)) });
    console.log(JSON.stringify(report, null, 1), JSON.stringify(rowsOf(report)));
    assert.deepEqual(differencesOf(report), ["Deep would have paged 3 times instead of 1."]);
  });
});
