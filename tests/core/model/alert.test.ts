import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { alertQuery, describeCondition, printedLabels, thresholdOf, watchedQuery, type Alert } from "../../../core/model/alert";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { deepAlert, depthPanel } from "../checks/example";

const labelsOf = (series: string) => ({ a: ["x", "job"], b: ["x"] })[series];

const latency = panel("latency", {
  title: "Latency",
  description: "x",
  unit: "s",
  queries: {
    p50: { query: queryOf("a"), legend: "" },
    p95: { query: queryOf("rate(a[$__rate_interval]) / b"), legend: "" },
  },
});

const base: Alert = { ...deepAlert, panel: latency, query: "p95", when: { above: 0.5 } };

describe("alertQuery", () => {
  const rows: readonly (readonly [name: string, change: Partial<Alert>, expr: string])[] = [
    ["compares the watched query, with the window of 5m", {}, "(rate(a[5m]) / b) > 0.5"],
    ["compares from below", { when: { below: 1 } }, "(rate(a[5m]) / b) < 1"],
    ["uses the alert's own window", { window: "10m" }, "(rate(a[10m]) / b) > 0.5"],
    ["matches a guard on the labels that it has", { guard: queryOf("b > 0") }, "(rate(a[5m]) / b) > 0.5 and on (x) (b > 0)"],
    ["matches a guard without labels on nothing", { guard: queryOf("sum(b)") }, "(rate(a[5m]) / b) > 0.5 and on () sum(b)"],
    ["adds no matching where the guard's labels are unknown", { guard: queryOf("c") }, "(rate(a[5m]) / b) > 0.5 and c"],
    [
      "gives a guard the same window",
      { guard: queryOf("sum(rate(b[$__rate_interval]))"), window: "1h" },
      "(rate(a[1h]) / b) > 0.5 and on () sum(rate(b[1h]))",
    ],
    [
      "takes an expression as it is",
      { when: { expression: queryOf("absent(a[$__rate_interval])"), trigger: "x" } },
      "absent(a[5m])",
    ],
    [
      "keeps the threshold of a query with a comment",
      { panel: panel("p", { ...latency, queries: { p95: { query: queryOf("a # all"), legend: "" } } }) },
      "a > 0.5",
    ],
    ["is empty where no query is watched", { query: "p99" }, ""],
  ];
  for (const [name, change, expr] of rows) {
    it(name, () => {
      assert.equal(alertQuery({ ...base, ...change }, labelsOf).expr, expr);
    });
  }
});

describe("an alert", () => {
  it("watches the only query of a panel without naming it, but not one of several", () => {
    assert.equal(watchedQuery(deepAlert), depthPanel.queries.depth);
    const { query: _query, ...silent } = base;
    assert.equal(watchedQuery(silent), undefined);
  });

  it("has a threshold unless it has an expression", () => {
    const conditions: readonly Alert["when"][] = [{ above: 1 }, { below: 2 }, { expression: queryOf("a"), trigger: "x" }];
    assert.deepEqual(
      conditions.map((when) => thresholdOf({ ...base, when })),
      [1, 2, undefined],
    );
  });

  it("tells its condition in words", () => {
    const changes: readonly Partial<Alert>[] = [
      {},
      { when: { below: 2 }, for: "0m" },
      { when: { expression: queryOf("a"), trigger: "nothing is there" } },
    ];
    assert.deepEqual(
      changes.map((change) => describeCondition({ ...base, ...change })),
      ["p95 is above 500 ms for 5m", "p95 is below 2 s", "nothing is there for 5m"],
    );
    assert.equal(describeCondition(deepAlert), "it is above 100 for 5m");
  });

  it("prints labels in its summary, impact and trigger", () => {
    const when = { expression: queryOf("a"), trigger: "{{ $labels.t }}" };
    const summary = '{{ $labels.x }} {{ printf "%s" $labels.y }} {{ index $labels "z" }} {{ $labels.x }}';
    assert.deepEqual(printedLabels({ ...base, when, summary, impact: "{{$labels.i}}" }), ["x", "y", "z", "i", "t"]);
  });
});
