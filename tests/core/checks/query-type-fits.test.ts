import { queryTypeFits } from "../../../core/checks/query-type-fits";
import { nativeHistogram } from "../../../core/model/metric";
import { recordingRule } from "../../../core/model/recording-rule";
import { queryOf } from "../../../core/model/query";
import { metrics } from "./example";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";

const rate = recordingRule("ex:ex_joins:rate5m", {
  query: queryOf("sum by (status) (rate(ex_joins_total[5m]))"),
});
const joins = recordingRule("ex:ex_joins:now", { query: queryOf("ex_joins_total") });
const total = recordingRule("ex:ex_joins:sum", { query: queryOf("sum(ex_joins_total)") });
const quantile = recordingRule("ex:ex_latency_seconds:p95", {
  query: queryOf("histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m])))"),
});
const native = nativeHistogram("ex_size_bytes", { unit: "bytes", help: "Sizes.", labels: { status: ["ok", "bad"] } });
const withNative = { ...metrics, native };
const recorded = { recordingRules: [rate, quantile, joins] };

testCheck(queryTypeFits, {
  accepted: [
    ...[
      "avg_over_time(ex_depth[5m]) + sum_over_time(rate(ex_joins_total[5m])[1h:])",
      "max_over_time(ex_joins_total[5m]) - min_over_time(ex_joins_total[5m])",
      "changes(ex_joins_total[5m]) + count_over_time(ex_joins_total[5m])",
      "rate(abs(ex_joins_total)[5m:]) + deriv(abs(ex_depth)[5m:])",
      "sum(ex_joins_total unless ex_joins_total offset 1h)",
      "histogram_quantile(0.9, sum by (le) (increase(ex_latency_seconds_bucket[1h])))",
    ].map((query) => ({ name: query, query })),
    {
      name: "what is read from a native histogram",
      query:
        "histogram_quantile(0.95, sum by (status) (rate(ex_size_bytes[5m]))) + histogram_avg(rate(ex_size_bytes[5m])) + histogram_stddev(rate(ex_size_bytes[5m]))",
      metrics: withNative,
    },
    {
      name: "the share of a native histogram, and of buckets",
      query:
        "histogram_fraction(0, 100, sum(rate(ex_size_bytes[5m]))) > 0.5 or histogram_fraction(0, 1, sum by (le) (rate(ex_latency_seconds_bucket[5m]))) > 0.5",
      metrics: withNative,
    },
    {
      name: "how many a native histogram counts",
      query: "histogram_count(sum(rate(ex_size_bytes[5m]))) > 5",
      metrics: withNative,
    },
    { name: "a histogram itself, as a heatmap draws it", query: "sum(increase(ex_size_bytes[5m]))", metrics: withNative },
    {
      name: "the slope of a rate, through a subquery",
      query: "deriv(rate(ex_joins_total[5m])[1h:]) + delta(sum(ex_depth)[1h:])",
    },
    {
      name: "the slope of a recorded rate",
      query: "max_over_time(ex:ex_joins:rate5m[1h]) + deriv(ex:ex_joins:rate5m[1h])",
      service: recorded,
    },
    { name: "the rate of a recorded counter", query: "sum(rate(ex:ex_joins:now[5m]))", service: recorded },
    { name: "the rate of one of the counters", query: "rate((ex_joins_total and on (instance) up)[10m:])" },
    { name: "a count of counters", query: "count(ex_joins_total) + sum(ex_joins_total > bool 0)" },
    { name: "a sum that stands for something else", query: "sum(ex_joins_total) - sum(ex_joins_total offset 1h) or vector(0)" },
    { name: "a raw counter in its details", query: "ex_joins_total unless ex_joins_total offset 5m" },
    ...[
      "histogram_quantile(0.9, sum by (job) (rate(other[5m])))",
      "histogram_quantile(0.9, sum by (job) (rate(other[5m])) or sum by (le, job) (rate(other_bucket[5m])))",
      "histogram_fraction(0, 0.5, sum(rate(other[5m]))) > 0.5",
    ].map((query) => ({ name: `what may be a native histogram: ${query}`, query })),
    { name: "what nobody knows", query: "rate(other_total[5m]) + rate(sum(other)[5m:])" },
    {
      name: "a raw sum in a command, which looks at what is there",
      markdown: (text) =>
        text.replace("max by (actor_type) (ex_depth)", "sum(ex_joins_total)").replace(" panel=ex-overview/depth", ""),
    },
    { name: "the rate of a counter", query: "sum(rate(ex_joins_total[5m]))" },
    { name: "the rate of a histogram's series", query: "rate(ex_latency_seconds_sum[5m]) / rate(ex_latency_seconds_count[5m])" },
    { name: "delta and deriv of a gauge", query: "deriv(ex_depth[5m]) + delta(ex_depth[5m])" },
    {
      name: "a quantile over a recorded rate's le",
      query: "histogram_quantile(0.9, sum by (le) (rate(ex_latency_seconds_bucket[5m])))",
    },
    { name: "a duration expression", query: "sum(rate(ex_joins_total[5m * 2]))" },
  ],
  reported: [
    ...["avg_over_time", "sum_over_time", "stddev_over_time"].map((fn) => ({
      name: `${fn}() of a counter`,
      query: `${fn}(ex_joins_total[5m])`,
      findings: [`${panel}: the panel takes ${fn}() of ex_joins_total, a counter. Use rate() or increase().`],
    })),
    ...["abs(ex_depth)", "clamp_max(ex_depth, 9)", "sum_over_time(ex_depth[1m])"].map((gauge) => ({
      name: `the rate of ${gauge}`,
      query: `rate(${gauge}[5m:])`,
      findings: [
        `${panel}: the panel takes rate() of what ${gauge.replace(/\(.*/, "")}() gives. Use delta() or deriv(), or avg_over_time().`,
      ],
    })),
    ...["ex_latency_seconds_bucket", "sum by (le) (ex_latency_seconds_bucket)"].map((buckets) => ({
      name: `a quantile of ${buckets}`,
      query: `histogram_quantile(0.9, ${buckets})`,
      findings: [
        `${panel}: the panel takes histogram_quantile() of buckets as they are, which count since the process began. Take it of their rate().`,
      ],
    })),
    {
      name: "the slope of a native histogram",
      query: "deriv(ex_size_bytes[5m])",
      metrics: withNative,
      findings: [`${panel}: the panel takes deriv() of ex_size_bytes, a counter. Use rate() or increase().`],
    },
    {
      name: "a rate of a rate",
      query: "rate(rate(ex_joins_total[5m])[1h:])",
      findings: [`${panel}: the panel takes rate() of what rate() gives. Use delta() or deriv(), or avg_over_time().`],
    },
    {
      name: "a rate of a gauge, through a subquery and an aggregation",
      query: "increase(max(ex_depth)[1h:])",
      findings: [`${panel}: the panel takes increase() of what is no counter. Use delta() or deriv(), or avg_over_time().`],
    },
    {
      name: "a rate of what is recorded",
      query: "rate(ex:ex_joins:rate5m[5m]) + rate(ex:ex_latency_seconds:p95[5m])",
      service: recorded,
      findings: [
        `${panel}: the panel takes rate() of ex:ex_joins:rate5m, which records what is no counter. Use delta() or deriv(), or avg_over_time().`,
        `${panel}: the panel takes rate() of ex:ex_latency_seconds:p95, which records what histogram_quantile() gives. Use delta() or deriv(), or avg_over_time().`,
      ],
    },
    {
      name: "a rate of a sum",
      query: "rate(sum(ex_joins_total)[1h:])",
      findings: [
        `${panel}: the panel takes rate() of a sum of counters: when one part of it restarts, the whole seems to. Take rate() of each, and then the sum.`,
      ],
    },
    {
      name: "the derivative of a recorded counter",
      query: "deriv(ex:ex_joins:now[1h])",
      service: recorded,
      findings: [
        `${panel}: the panel takes deriv() of ex:ex_joins:now, which records ex_joins_total, a counter. Use rate() or increase().`,
      ],
    },
    {
      name: "a raw sum",
      query: "sum(ex_joins_total) > 100",
      findings: [
        `${panel}: the panel sums counters as they are, which begin again at 0 with each restart. Sum their rate() or increase().`,
      ],
    },
    {
      name: "a raw sum that is recorded",
      service: { recordingRules: [total] },
      findings: [
        "services/ex/recording-rules.ts ex:ex_joins:sum: the recording rule sums counters as they are, which begin again at 0 with each restart. Sum their rate() or increase().",
      ],
    },
    {
      name: "the rate of a gauge",
      query: "rate(ex_depth[5m])",
      findings: [`${panel}: the panel takes rate() of ex_depth, a gauge. Use delta() or deriv(), or avg_over_time().`],
    },
    {
      name: "the derivative of a counter",
      query: "deriv(ex_joins_total[5m])",
      findings: [`${panel}: the panel takes deriv() of ex_joins_total, a counter. Use rate() or increase().`],
    },
    {
      name: "a quantile without le",
      query: "histogram_quantile(0.9, sum by (status) (rate(ex_latency_seconds_bucket[5m])))",
      findings: [`${panel}: the panel takes histogram_quantile() of buckets without their le label. Add le to the by (…) list.`],
    },
    ...[
      ["rate(ex_latency_seconds_sum[5m])", "ex_latency_seconds_sum. Use the _bucket series of a histogram."],
      ["ex_depth", "ex_depth. Use the _bucket series of a histogram."],
      ["sum(rate(ex_latency_seconds_bucket[5m]))", "buckets without their le label. Add le to the by (…) list."],
    ].map(([buckets = "", finding = ""]) => ({
      name: `a share of ${buckets}`,
      query: `histogram_fraction(0, 0.5, ${buckets})`,
      findings: [`${panel}: the panel takes histogram_fraction() of ${finding}`],
    })),
    {
      name: "a quantile of all that a native histogram has counted",
      query: "histogram_quantile(0.9, sum(ex_size_bytes))",
      metrics: withNative,
      findings: [
        `${panel}: the panel takes histogram_quantile() of buckets as they are, which count since the process began. Take it of their rate().`,
      ],
    },
    {
      name: "one of two quantiles, without le",
      query:
        "histogram_quantile(0.9, sum by (status) (rate(ex_latency_seconds_bucket[5m])) or sum by (le) (rate(ex_latency_seconds_bucket[5m])))",
      findings: [`${panel}: the panel takes histogram_quantile() of buckets without their le label. Add le to the by (…) list.`],
    },
    {
      name: "a quantile of a sum",
      query: "histogram_quantile(0.9, rate(ex_latency_seconds_sum[5m]))",
      findings: [
        `${panel}: the panel takes histogram_quantile() of ex_latency_seconds_sum. Use the _bucket series of a histogram.`,
      ],
    },
  ],
});
