import assert from "node:assert/strict";
import { beforeAll, describe, it } from "@jest/globals";
import { differencesOf, rowsOf, type BacktestReport, type Row } from "../../../core/replay/report";
import { runBacktest, type BacktestRequest } from "../../../machine/backtest/run-backtest";
import { during, evaluators, filledPrometheus, from, hour, minute, rules, series, until } from "./filled-prometheus";

// What happened: at 23:00 of the first day for 20 minutes, at 08:00 and at 18:00 of the second; it flaps at 20:00; a target is gone at
// 10:00 of the second day; nobody answers at 03:00 of it, during which every request fails as well.
const night = 11 * hour;
const outage = 15 * hour;
const morning = 20 * hour;
const restart = 22 * hour;
const evening = 30 * hour;
const flapping = 32 * hour;

function depth(second: number): number {
  if (during(second, night, 20)) return 900;
  if (during(second, morning, 20) || during(second, evening, 20)) return 300;
  if (during(second, flapping, 30)) return Math.floor((second - flapping) / (3 * minute)) % 2 === 0 ? 900 : 10;
  return 10;
}

function errors(second: number): number {
  const lost = Math.min(Math.max(0, second - outage), 20 * minute);
  // The counter is reset while nothing fails: that is no increase.
  return second < restart ? lost + 1000 : 0;
}

const target = { job: "mc", instance: "a" };
const stored = [
  series("up", target, () => 1),
  series("mc_depth", target, depth),
  series("mc_ready", target, (second) => (during(second, restart, 8) ? undefined : 1)),
  series("mc_errors_total", target, errors),
  series("gc_alive", { job: "gc", instance: "a" }, (second) => (during(second, outage, 20) ? 0 : 1)),
];

const page = { severity: "page" };

describe("a backtest over two days of a Prometheus", () => {
  let request: Omit<BacktestRequest, "head">;
  beforeAll(async () => {
    request = {
      url: await filledPrometheus(stored),
      days: 2,
      timeoutSeconds: 300,
      timeZone: "UTC",
      tools: await evaluators(),
      note: () => undefined,
      until,
    };
  });

  const deep = (more: object): object => ({ alert: "Deep", expr: "mc_depth > 500", for: "5m", labels: page, ...more });
  const rowOf = (report: BacktestReport, alert: string): Row | undefined => rowsOf(report).find((row) => row.alert === alert);

  it("tells that a lower threshold pages 3 times instead of once, and at night as before", async () => {
    const report = await runBacktest({ ...request, base: rules([deep({})]), head: rules([deep({ expr: "mc_depth > 200" })]) });
    assert.deepEqual(differencesOf(report), ["Deep would have paged 3 times instead of 1."]);
    const row = rowOf(report, "Deep");
    assert.deepEqual(row?.head, {
      fired: 3,
      totalSeconds: 45 * minute,
      longestSeconds: 15 * minute,
      pages: 3,
      nightPages: 1,
      inhibited: 0,
    });
    // The first sample above is scraped 7 s after 23:00; it is seen at 23:00:30, and has held for 5 minutes at 23:05:30.
    assert.equal(row.history?.periods[0]?.from, from + night + 5 * minute + 30);
    assert.deepEqual([report.series, report.notes], [1, []]);
  });

  it("tells what a shorter `for` does, and what `keep_firing_for` does about flapping", async () => {
    const shorter = await runBacktest({ ...request, base: rules([deep({})]), head: rules([deep({ for: "1m" })]) });
    assert.deepEqual(differencesOf(shorter), ["Deep would have paged 6 times instead of 1."]);
    const kept = await runBacktest({
      ...request,
      base: rules([deep({ for: "1m" })]),
      head: rules([deep({ for: "1m", keep_firing_for: "5m" })]),
    });
    assert.deepEqual(differencesOf(kept), ["Deep would have paged 2 times instead of 6."]);
  });

  it("evaluates recording rules first, through several, and takes a change of one for a change of the alert", async () => {
    const chain = (window: string): object[] => [
      { alert: "Errors", expr: "job:errors:rate * 60 > 30", for: "2m", labels: page },
      { record: "job:errors:rate", expr: "sum by (job) (instance:errors:rate)" },
      { record: "instance:errors:rate", expr: `rate(mc_errors_total[${window}])` },
    ];
    const report = await runBacktest({ ...request, base: rules(chain("5m")), head: rules(chain("2h")) });
    const row = rowOf(report, "Errors");
    // An error a second for 20 minutes: over two hours that is at most 10 a minute. The reset of the counter is no error.
    assert.deepEqual([row?.base?.pages, row?.base?.nightPages, row?.head.pages], [1, 1, 0]);
    assert.deepEqual(differencesOf(report), ["Errors would have paged 0 times instead of 1, at night 0 instead of 1."]);
  });

  it("reads a name from the server for the base, and records it for the head", async () => {
    const alert = { alert: "Deep", expr: "mc_depth > 500", labels: page };
    const report = await runBacktest({
      ...request,
      base: rules([alert]),
      head: rules([alert, { record: "mc_depth", expr: "0 * mc_ready" }]),
    });
    const row = rowOf(report, "Deep");
    assert.deepEqual([row?.base?.fired, row?.head.fired], [6, 0]);
  });

  it("ends a recording where it has no value any more, as Prometheus does", async () => {
    const { head } = await runBacktest({
      ...request,
      head: rules([
        { record: "deep", expr: "mc_depth > 500" },
        { alert: "Recorded", expr: "deep > 0", labels: page },
        { alert: "Direct", expr: "mc_depth > 500", labels: page },
      ]),
    });
    const times = (alert: string): unknown =>
      head.histories.find((history) => history.alert === alert)?.periods.map((period) => [period.from, period.until]);
    assert.deepEqual(times("Recorded"), times("Direct"));
    assert.equal(head.histories[0]?.periods.length, 6);
  });

  it("tells that a page was silenced by another alert, as Alertmanager decides it", async () => {
    const pair = [
      { alert: "GCDown", expr: "gc_alive == 0", for: "1m", labels: { severity: "page", namespace: "x" } },
      { alert: "Errors", expr: "rate(mc_errors_total[5m]) > 0.5", for: "2m", labels: { severity: "page", namespace: "x" } },
    ];
    const silencing = {
      sourceMatch: [{ name: "alertname", matchType: "=", value: "GCDown" }],
      targetMatch: [{ name: "alertname", matchType: "=~", value: "Err.*" }],
      equal: ["namespace"],
    } as const;
    const report = await runBacktest({ ...request, base: rules(pair), head: rules(pair, [silencing]) });
    const row = rowOf(report, "Errors");
    // It outlives the other one by some minutes, and is told then.
    assert.deepEqual([row?.base?.pages, row?.head.fired], [1, 1]);
    const [period] = row?.history?.periods ?? [];
    assert.ok((period?.toldAt ?? 0) >= from + outage + 20 * minute, "It was told while the other one fired.");
    const longer = [{ ...pair[0], keep_firing_for: "15m" }, ...pair.slice(1)];
    const silent = await runBacktest({ ...request, base: rules(pair), head: rules(longer, [silencing]) });
    assert.equal(rowOf(silent, "Errors")?.head.inhibited, 1);
    assert.ok(differencesOf(silent).includes("Errors would have paged 0 times instead of 1, at night 0 instead of 1."));
  });

  it("sees a series end when Prometheus marked its end, not five minutes later", async () => {
    const gone = { alert: "Gone", expr: "absent(mc_ready)", for: "1m", labels: page };
    const { head } = await runBacktest({ ...request, head: rules([gone]) });
    const [period] = head.histories[0]?.periods ?? [];
    assert.deepEqual(
      [period?.from, period?.until].map((second) => (second ?? 0) - from - restart),
      [1.5 * minute, 8.5 * minute],
    );
  });

  it("tells of the alerts of which nothing can be told, and of the others all the same", async () => {
    const { head } = await runBacktest({
      ...request,
      head: rules([
        deep({}),
        { alert: "Meta", expr: "ALERTS > 0" },
        { alert: "Fixed", expr: "mc_depth @ 0 > 0" },
        { alert: "Twice", expr: "mc_depth + on () (up or gc_alive)" },
        { alert: "Broken", expr: "mc_depth >" },
      ]),
    });
    assert.deepEqual(head.told, ["Deep"]);
    assert.deepEqual(
      head.unplayable.map(({ alert }) => alert),
      ["Meta", "Fixed", "Broken", "Twice"],
    );
  });
});
