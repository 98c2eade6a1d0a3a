import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { retentionFitsRanges } from "../../../core/running/retention-fits-ranges";
import { windowFitsScrapes } from "../../../core/running/window-fits-scrapes";
import type { Running, RunningPrometheus } from "../../../core/running/running";
import { prometheusOf, ruleOf, said, seenOf } from "./situation";

/** The job `shop` is scraped so often. */
function scraped(intervalSeconds: number, parts: Partial<RunningPrometheus> = {}): Running {
  const targets = { data: [{ job: "shop", intervalSeconds, isUp: true, lastError: "" }] };
  const series = {
    shop_orders_total: seenOf({ job: "shop" }),
    "job:orders": seenOf({ job: "shop" }),
    theirs: seenOf({ job: "other" }),
  };
  return prometheusOf(series, { targets, ...parts });
}

function windows(expr: string, intervalSeconds: number): readonly string[] {
  return said(
    windowFitsScrapes,
    { rules: [ruleOf(expr), ruleOf("up", { kind: "record", name: "orders_recorded" })] },
    scraped(intervalSeconds),
  );
}

describe("window-fits-scrapes", () => {
  it("reports a window that holds fewer than two samples", () =>
    assert.deepEqual(windows("rate(shop_orders_total[1m]) > 0", 45), [
      "A: counts shop_orders_total over 60 s, and it is scraped every 45 s: the window holds fewer than two samples, and there is no result. Take at least 180s.",
    ]));

  it("warns of one that holds fewer than four", () =>
    assert.deepEqual(windows("increase(shop_orders_total[1m]) > 0", 30), [
      "warning A: counts shop_orders_total over 60 s, and it is scraped every 30 s: one failed scrape leaves a gap. Take at least 120s.",
    ]));

  it("reports an instant that falls between two scrapes", () =>
    assert.deepEqual(windows("shop_orders_total > 0", 600), [
      "A: reads shop_orders_total, which is scraped every 600 s, and Prometheus looks back 300 s: between scrapes there is nothing. Scrape it more often, or read last_over_time.",
    ]));

  const silent: readonly (readonly [what: string, expr: string, seconds: number])[] = [
    ["a window of four scrapes", "rate(shop_orders_total[1m]) > 0", 15],
    ["a window over what is not scraped but recorded", "rate(job:orders[1m]) > 0", 60],
    ["a recorded series whose name has no colon", "rate(orders_recorded[1m]) > 0", 60],
    ["what another job exports", "rate(theirs[1m]) > 0", 60],
    ["what needs no two samples", "max_over_time(shop_orders_total[1m]) > 0", 60],
    ["a subquery, which has its own step", "rate(shop_orders_total[1m:10s]) > 0", 60],
    ["what is not there", "rate(shop_gone[1m]) > 0", 60],
    ["a range that reaches over a slow scrape", "last_over_time(shop_orders_total[20m]) > 0", 600],
  ];
  for (const [what, expr, seconds] of silent) it(`is silent about ${what}`, () => assert.deepEqual(windows(expr, seconds), []));

  it("is silent where the targets could not be told", () =>
    assert.deepEqual(
      said(
        windowFitsScrapes,
        { rules: [ruleOf("rate(shop_orders_total[1m])")] },
        scraped(60, { targets: { cannotTell: "HTTP 404" } }),
      ),
      [],
    ));
});

describe("retention-fits-ranges", () => {
  const days = 86_400;
  const says = (expr: string, keeping: Partial<{ retentionSeconds: number | undefined; readsRemotely: boolean }> = {}) =>
    said(
      retentionFitsRanges,
      { rules: [ruleOf(expr)] },
      scraped(15, { keeping: { data: { retentionSeconds: 15 * days, readsRemotely: false, lookbackSeconds: 300, ...keeping } } }),
    );
  const told = (range: string): string =>
    `A: looks back ${range}, and Prometheus keeps samples for 15d: it counts no more than those. Let Prometheus keep ${range} (storage.tsdb.retention.time), or look back less.`;

  it("reports a range, an offset, or both, that reach back further", () => {
    assert.deepEqual(says("sum_over_time(x[30d]) > 5"), [told("30d")]);
    assert.deepEqual(says("x > 2 * x offset 4w"), [told("28d")]);
    assert.deepEqual(says("max_over_time(rate(x[1d])[14d:1h] offset 1d) > 5"), [told("16d")]);
  });

  it("is silent about what is kept, about a retention by size, and where another store is read too", () => {
    assert.deepEqual(says("sum_over_time(x[15d]) > 5"), []);
    assert.deepEqual(says("sum_over_time(x[30d]) > 5", { retentionSeconds: undefined }), []);
    assert.deepEqual(says("sum_over_time(x[30d]) > 5", { readsRemotely: true }), []);
  });
});
