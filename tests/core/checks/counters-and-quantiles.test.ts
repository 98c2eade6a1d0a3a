import { queryTypeFits } from "../../../core/checks/query-type-fits";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { p95 } from "./example";
import { testCheck } from "./rows";

const alertPlace = "services/ex/alerts.ts EXDeep: the alert";
const panelPlace = "services/ex/dashboards.ts ex-overview/extra: the panel";

const firesOn = (query: string) => ({ alert: { when: { expression: queryOf(query), trigger: "it happens" } } });
const whole = recordingRule("ex:ex_latency_seconds:p95_all", {
  query: queryOf("histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m])))"),
});
const joins = recordingRule("ex:ex_joins:now", { query: queryOf("ex_joins_total") });
const recorded = { recordingRules: [p95, whole, joins] };
const eachQuantile = "histogram_quantile(0.95, sum by (status, le) (rate(ex_latency_seconds_bucket[5m])))";

const raw = (name: string): string =>
  `${alertPlace} fires on ${name} as it is, a counter, which only grows: once it fires, it goes on until the process restarts. Compare its increase() or rate() within a window.`;
const share = `${alertPlace} compares counters as they are with each other, which tells of all that happened since the process began, and hardly of now. Divide their rate() or increase().`;
const mean = (what: string): string =>
  `${panelPlace} takes ${what} of quantiles, which is no quantile of anything: a part with few events weighs as much as one with many. Take histogram_quantile() of the summed rates of the buckets, or max() for the worst.`;

testCheck(queryTypeFits, {
  accepted: [
    ...[
      "rate(ex_joins_total[5m]) > 1",
      "increase(ex_joins_total[1h]) > 100",
      "changes(ex_joins_total[5m]) > 0",
      "resets(ex_joins_total[1h]) > 2",
      "time() - timestamp(ex_joins_total) > 60",
      "time() - ex_depth > 3600",
      "absent(ex_joins_total)",
      "absent_over_time(ex_joins_total[10m])",
      "count(ex_joins_total) > 3",
      "ex_joins_total - ex_joins_total offset 1h > 100",
      "(ex_joins_total unless ex_joins_total offset 5m) > 0",
      "ex_joins_total > 0 unless ex_joins_total offset 10m > 0",
      "ex_joins_total > ex_joins_total offset 5m",
      "ex_joins_total > 100 and rate(ex_joins_total[5m]) > 1",
      "rate(ex_joins_total[5m]) > 1 and ex_joins_total > 100",
      "ex_joins_total == 0",
      "0 == ex_joins_total",
      "ex_joins_total < 1",
      "ex_joins_total >= 0",
      "ex_joins_total > -1",
      "max_over_time(ex_joins_total[5m]) - min_over_time(ex_joins_total[5m]) > 5",
      'ex_joins_total{status="success"} - ignoring (status) ex_joins_total{status="failure"} > 100',
      'rate(ex_joins_total{status="failure"}[5m]) / ignoring (status) rate(ex_joins_total{status="success"}[5m]) > 0.1',
      "ex_depth > 100",
      "ex_depth / 10 > 5 or ex_depth < 1",
    ].map((query) => ({ name: `an alert on ${query}`, ...firesOn(query) })),
    { name: "a counter on a panel, as it is", query: "ex_joins_total > 100" },
    ...[
      `max(${eachQuantile})`,
      `max without (status) (${eachQuantile}) > 0.5`,
      `topk(3, ${eachQuantile})`,
      `count(${eachQuantile} > 0.5)`,
      `sum(${eachQuantile} > bool 0.5)`,
      `sum by (status) (${eachQuantile})`,
      "sum(histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m]))))",
      "avg_over_time(ex:ex_latency_seconds:p95_5m[1h])",
      "avg(ex:ex_latency_seconds:p95_all)",
      "histogram_quantile(0.95, avg by (le) (rate(ex_latency_seconds_bucket[5m])))",
      "quantile(0.95, ex_depth) + avg(quantile_over_time(0.9, ex_depth[1h]))",
      `sum(${eachQuantile} * on (status) group_left sum by (status) (rate(ex_latency_seconds_count[5m])))`,
      "avg(ex_depth)",
      'max(ex_summary_seconds{quantile="0.95"}) + avg(ex_summary_seconds{quantile="1"}) + avg(ex_summary_seconds_count)',
    ].map((query) => ({ name: query, query, service: recorded })),
  ],
  reported: [
    ...(
      [
        ["ex_joins_total > 100", "ex_joins_total"],
        ['ex_joins_total{status="failure"} >= 1', "ex_joins_total"],
        ["100 < ex_joins_total", "ex_joins_total"],
        ["ex_joins_total != 0", "ex_joins_total"],
        ["ex_joins_total * 60 > 5", "ex_joins_total"],
        ["max_over_time(ex_joins_total[5m]) > 5", "ex_joins_total"],
        ["ex_latency_seconds_count > 1000", "ex_latency_seconds_count"],
        ["ex:ex_joins:now > 10", "ex:ex_joins:now"],
        ["ex_depth > 5 or ex_joins_total > 10", "ex_joins_total"],
        ['ex_joins_total{status="failure"}', "ex_joins_total"],
        ["container_cpu_usage_seconds_total > 100", "container_cpu_usage_seconds_total"],
      ] as const
    ).map(([query, name]) => ({
      name: `an alert on ${query}`,
      ...firesOn(query),
      service: recorded,
      findings: [raw(name)],
    })),
    ...[
      'ex_joins_total{status="failure"} / ignoring (status) ex_joins_total{status="success"} > 0.1',
      '100 * sum(ex_joins_total{status="failure"}) / sum(ex_joins_total) > 5',
      "1 - ex_latency_seconds_sum / ex_latency_seconds_count < 0.9",
    ].map((query) => ({ name: `an alert on ${query}`, ...firesOn(query), findings: [share] })),
    ...(
      [
        [`avg(${eachQuantile})`, "the average"],
        [`sum without (status) (${eachQuantile}) > 3`, "the sum"],
        ["avg(ex:ex_latency_seconds:p95_5m)", "the average"],
        ["avg by (instance) (1000 * ex:ex_latency_seconds:p95_5m)", "the average"],
        [`sum(max_over_time(ex:ex_latency_seconds:p95_5m[1h]))`, "the sum"],
        ["avg(histogram_quantile(0.95, rate(ex_latency_seconds_bucket[5m])))", "the average"],
        [`avg(${eachQuantile} > 0.1)`, "the average"],
        ['avg(ex_summary_seconds{quantile="0.95"})', "the average"],
      ] as const
    ).map(([query, what]) => ({ name: query, query, service: recorded, findings: [mean(what)] })),
  ],
});
