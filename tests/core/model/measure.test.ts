import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../../core/model/alert";
import { alert } from "../../../core/model/declared-alert";
import { increaseBy, maxBy, minBy, quantile, rateBy, ratio, sumBy, type Measure } from "../../../core/model/measure";
import { counter, gauge, histogram } from "../../../core/model/metric";
import { panel } from "../../../core/model/panel";
import { not, queryOf } from "../../../core/model/query";
import { metrics } from "../checks/example";

const requests = counter("ex_requests_total", {
  unit: "requests",
  help: "Requests.",
  labels: { route: { atMost: 10 }, status_code: { atMost: 10 } },
});
const free = gauge("ex_free_bytes", { unit: "bytes", help: "Free.", labels: { disk: ["a", "b"] } });
const api = { route: not(/\/health/) };

describe("a measure", () => {
  const rows: readonly (readonly [
    name: string,
    measure: Measure,
    query: string,
    unit: string,
    legend: string,
    guard?: string,
  ])[] = [
    [
      "of a share divides what is bad by all of it",
      ratio(metrics.joins, { bad: { status: "failure" } }),
      'sum(rate(ex_joins_total{status="failure"}[$__rate_interval]))\n/ sum(rate(ex_joins_total[$__rate_interval]))',
      "percentunit",
      "failure",
      'sum(increase(ex_joins_total{status="failure"}[1h])) > 10',
    ],
    [
      "of a share by a label keeps it in both sums and in its guard",
      ratio(requests, { of: api, bad: { status_code: /5../ }, by: ["route"], fewBadEvents: 3 }),
      'sum by (route) (rate(ex_requests_total{route!~"/health",status_code=~"5.."}[$__rate_interval]))\n/ sum by (route) (rate(ex_requests_total{route!~"/health"}[$__rate_interval]))',
      "percentunit",
      "{{route}}",
      'sum by (route) (increase(ex_requests_total{route!~"/health",status_code=~"5.."}[1h])) > 3',
    ],
    [
      "of a quantile reads the buckets",
      quantile(0.95, metrics.latency, { by: ["status"], minimumPerSecond: 1 }),
      "histogram_quantile(0.95, sum by (status, le) (rate(ex_latency_seconds_bucket[$__rate_interval])))",
      "s",
      "{{status}}",
      "sum by (status) (rate(ex_latency_seconds_count[1h])) > 1",
    ],
    [
      "that is recorded reads what is recorded",
      quantile(0.5, metrics.latency, { recordedAs: "ex:latency:p50" }),
      "ex:latency:p50",
      "s",
      "p50",
      "sum(rate(ex_latency_seconds_count[1h])) > 0.025",
    ],
    [
      "of requests a second has their unit",
      rateBy(requests, []),
      "sum(rate(ex_requests_total[$__rate_interval]))",
      "reqps",
      "requests",
    ],
    [
      "of other events a second has none of its own",
      rateBy(metrics.dropped, ["actor_type"]),
      "sum by (actor_type) (rate(ex_dropped_total[$__rate_interval]))",
      "cps",
      "{{actor_type}}",
    ],
    [
      "of a gauge takes its highest level",
      maxBy(metrics.depth, ["actor_type"]),
      "max by (actor_type) (ex_depth)",
      "short",
      "{{actor_type}}",
    ],
    ["of a gauge in bytes has their unit", minBy(free, ["disk"]), "min by (disk) (ex_free_bytes)", "bytes", "{{disk}}"],
    ["of a gauge adds up", sumBy(metrics.depth, []), "sum(ex_depth)", "short", "messages"],
  ];
  for (const [name, measure, query, unit, legend, guard] of rows) {
    it(name, () => {
      assert.deepEqual([measure.query.expr, measure.unit, measure.legend, measure.guard?.expr], [query, unit, legend, guard]);
    });
  }

  it("of one number in one panel is drawn with its unit", () => {
    const both = panel("p", {
      title: "P",
      description: "P.",
      of: { p50: quantile(0.5, metrics.latency, { by: ["status"] }), p95: quantile(0.95, metrics.latency, { by: ["status"] }) },
    });
    assert.equal(both.unit, "s");
    assert.deepEqual(
      Object.values(both.queries).map(({ legend }) => legend),
      ["{{status}} p50", "{{status}} p95"],
    );
    assert.throws(
      () => panel("mixed", { title: "M", description: "M.", of: { a: rateBy(requests, []), b: sumBy(free, []) } }),
      /The panel "mixed" needs measures of one unit, and has reqps and bytes\./,
    );
  });
});

const text = {
  for: "5m",
  severity: "warning",
  summary: "x {value}",
  impact: "x",
  runbook: { path: "ex/a.md", slug: "b", title: "B" },
} as const;

function on(of: Measure, condition: { readonly above: number } | { readonly below: number }): Alert {
  return "above" in condition
    ? alert("EX", { ...text, ...condition, panel: panel("p", { title: "P", description: "P.", of }) })
    : alert("EX", { ...text, ...condition, panel: panel("p", { title: "P", description: "P.", of }) });
}

const kinds = ({ examples }: Alert): readonly string[] =>
  examples.map((example) =>
    example.type === "fires" ? `fires at ${example.at} with ${Number(example.value.toPrecision(4))}` : example.because,
  );

describe("the examples that follow from a measure", () => {
  const all = ["it stays within the threshold", "there is hardly any traffic", "there is no series yet"];
  it("of a share are close to its threshold", () => {
    assert.deepEqual(kinds(on(ratio(metrics.joins, { bad: { status: "failure" } }), { above: 0.04 })), [
      "fires at 6m with 0.05",
      ...all,
    ]);
  });

  it("of a quantile are close to its threshold, on a bound and between two", () => {
    assert.deepEqual(kinds(on(quantile(0.95, metrics.latency), { above: 0.5 })), ["fires at 6m with 0.5528", ...all]);
    assert.deepEqual(kinds(on(quantile(0.95, metrics.latency), { above: 0.3 })), ["fires at 6m with 0.32", ...all]);
  });

  it("of a rate wait until its window tells", () => {
    assert.deepEqual(kinds(on(rateBy(metrics.dropped, ["actor_type"]), { above: 0.1 })), [
      "fires at 9m with 0.15",
      "it stays within the threshold",
      "there is no series yet",
    ]);
  });

  it("of a gauge fall below, too", () => {
    assert.deepEqual(kinds(on(minBy(free, ["disk"]), { below: 1000 })), [
      "fires at 10m with 900",
      "it stays within the threshold",
      "there is no series yet",
    ]);
  });

  it("are none where a guard or an expression needs more than the measure knows", () => {
    const shown = panel("p", { title: "P", description: "P.", of: ratio(metrics.joins, { bad: { status: "failure" } }) });
    assert.deepEqual(alert("EX", { ...text, panel: shown, above: 0.1, guard: queryOf("up == 1") }).examples, []);
    assert.deepEqual(alert("EX", { ...text, panel: shown, expression: queryOf("up"), trigger: "x" }).examples, []);
    assert.deepEqual(on(quantile(0.95, metrics.latency), { above: 2 }).examples, []);
  });

  it("without a guard do not tell of little traffic", () => {
    const shown = panel("p", { title: "P", description: "P.", of: ratio(metrics.joins, { bad: { status: "failure" } }) });
    const unguarded = alert("EX", { ...text, panel: shown, above: 0.04, guard: "none" });
    assert.equal(unguarded.guard, undefined);
    assert.deepEqual(kinds(unguarded), ["fires at 6m with 0.05", "it stays within the threshold", "there is no series yet"]);
  });
});

describe("a placeholder", () => {
  const { impact: _impact, summary: _summary, ...rest } = text;
  it("is written as a Go template, the value in the panel's unit", () => {
    const shown = panel("p", { title: "P", description: "P.", of: quantile(0.95, metrics.latency, { by: ["status"] }) });
    const { summary, impact } = alert("EX", {
      ...rest,
      panel: shown,
      above: 0.5,
      summary: "{status} takes {value}",
      impact: "{status}, {not a label}, {{ $value }}",
    });
    assert.equal(summary, "{{ $labels.status }} takes {{ $value | humanizeDuration }}");
    assert.equal(impact, "{{ $labels.status }}, {not a label}, {{ $value }}");
  });
});

describe("an alert with an objective", () => {
  it("takes from it what it does not say itself", () => {
    const slo = {
      type: "latency",
      id: "ex-latency",
      title: "L",
      objective: 0.95,
      impact: "Slow.",
      runbook: text.runbook,
      histogram: histogram("ex_latency_seconds", { unit: "seconds", help: "T.", labels: {}, buckets: [0.1, 0.5, 1] }),
      thresholdSeconds: 0.5,
    } as const;
    const shown = panel("p", { title: "P", description: "P.", of: quantile(0.95, metrics.latency) });
    const declared = alert("EX", { panel: shown, objective: slo, for: "5m", severity: "warning", summary: "{value}" });
    assert.deepEqual([declared.when, declared.impact, declared.runbook], [{ above: 0.5 }, "Slow.", text.runbook]);
  });
});

describe("increaseBy", () => {
  it("counts first increments", () => {
    assert.match(
      increaseBy(metrics.dropped, ["actor_type"], { within: "5m", job: "ex" }).query.expr,
      /^sum by \(actor_type\) \(\(ex_dropped_total unless last_over_time/,
    );
  });
});
