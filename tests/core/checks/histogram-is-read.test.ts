import { histogramIsRead } from "../../../core/checks/histogram-is-read";
import { nativeHistogram } from "../../../core/model/metric";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { metrics as declared } from "./example";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra: the panel";
const first = "Take histogram_quantile(), histogram_avg() or histogram_count() first.";

const metrics = { ...declared, size: nativeHistogram("ex_size_bytes", { help: "Sizes.", labels: { status: ["ok", "bad"] } }) };
const service = {
  recordingRules: [recordingRule("ex:ex_size_bytes:rate5m", { query: queryOf("sum by (status) (rate(ex_size_bytes[5m]))") })],
};

/** Each is as promtool 3.16 has it: what is accepted gives a result, what is reported gives none. */
testCheck(histogramIsRead, {
  accepted: [
    "ex_size_bytes",
    "sum(rate(ex_size_bytes[5m]))",
    "histogram_count(rate(ex_size_bytes[5m])) > 5",
    "histogram_quantile(0.9, sum by (status) (rate(ex_size_bytes[5m]))) > 5",
    "histogram_quantile(0.9, ex:ex_size_bytes:rate5m)",
    "histogram_quantile(0.9, avg(rate(ex_size_bytes[5m])))",
    "histogram_quantile(0.9, -rate(ex_size_bytes[5m]) * -1)",
    "histogram_quantile(0.9, rate(ex_size_bytes[5m]) * 60 / 2)",
    "histogram_quantile(0.9, 60 * rate(ex_size_bytes[5m]))",
    "histogram_quantile(0.9, rate(ex_size_bytes[5m]) / on (instance) group_left rate(ex_joins_total[5m]))",
    "histogram_quantile(0.9, rate(ex_size_bytes[5m]) + rate(ex_size_bytes[5m] offset 1h))",
    "histogram_avg(ex_size_bytes - ex_size_bytes offset 5m)",
    "histogram_fraction(0, 100, sum(rate(ex_size_bytes[5m]))) < 0.9",
    "histogram_fraction(0, 0.5, sum by (le) (rate(ex_latency_seconds_bucket[5m]))) < 0.9",
    "histogram_quantile(0.9, sum(rate(ex_size_bytes[5m])) or sum by (le) (rate(ex_latency_seconds_bucket[5m])))",
    "histogram_stddev(last_over_time(ex_size_bytes[5m]))",
    "histogram_sum(increase(ex_size_bytes[1h])) / histogram_count(increase(ex_size_bytes[1h])) > 5",
    "rate(ex_size_bytes[5m]) == rate(ex_size_bytes[5m] offset 1h)",
    "count(ex_size_bytes) + count_over_time(ex_size_bytes[5m]) + changes(ex_size_bytes[5m]) + timestamp(ex_size_bytes)",
    "resets(ex_size_bytes[1h]) > 0 or absent(ex_size_bytes)",
    "ex_depth and on (instance) ex_size_bytes",
    "rate(ex_size_bytes[5m]) or vector(0)",
    "max(histogram_avg(rate(ex_size_bytes[5m])))",
    "abs(histogram_avg(rate(ex_size_bytes[5m])))",
    "max(other) / min(other) + abs(other) > 5",
  ].map((query) => ({ name: query, query, metrics, service })),
  reported: [
    ...(
      [
        ["max(rate(ex_size_bytes[5m]))", `takes max of histograms, which gives nothing. ${first}`],
        ["topk(3, ex:ex_size_bytes:rate5m)", `takes topk of histograms, which gives nothing. ${first}`],
        [
          "quantile(0.9, sum by (status) (rate(ex_size_bytes[5m])))",
          `takes quantile of histograms, which gives nothing. ${first}`,
        ],
        ["abs(rate(ex_size_bytes[5m]))", `takes abs() of histograms, which gives nothing. ${first}`],
        ["max_over_time(ex_size_bytes[5m])", `takes max_over_time() of histograms, which gives nothing. ${first}`],
        ["clamp_max(rate(ex_size_bytes[5m]), 1)", `takes clamp_max() of histograms, which gives nothing. ${first}`],
        ["rate(ex_size_bytes[5m]) + 1", `combines a histogram and a number by "+", which gives nothing. ${first}`],
        ["1 / rate(ex_size_bytes[5m])", `combines a number and a histogram by "/", which gives nothing. ${first}`],
        ["rate(ex_size_bytes[5m]) / rate(ex_size_bytes[5m])", `combines two histograms by "/", which gives nothing. ${first}`],
        ["sum(rate(ex_size_bytes[5m])) > 5", `compares histograms with a number, which none of them is. ${first}`],
        [
          "sum(rate(ex_size_bytes[5m])) / sum(rate(ex_joins_total[5m])) > 0.5",
          `compares histograms with a number, which none of them is. ${first}`,
        ],
        ["ex:ex_size_bytes:rate5m * 60 > 5", `compares histograms with a number, which none of them is. ${first}`],
        [
          "rate(ex_size_bytes[5m]) > rate(ex_size_bytes[5m] offset 1h)",
          `compares histograms by ">", of which none is the larger one. ${first}`,
        ],
        [
          "histogram_avg(rate(ex_latency_seconds_sum[5m]))",
          "takes histogram_avg() of ex_latency_seconds, which is no native histogram. Use the rates of its _sum and _count.",
        ],
        [
          "histogram_count(histogram_count(rate(ex_size_bytes[5m])))",
          "takes histogram_count() of numbers, which gives nothing. It takes a native histogram, or its rate().",
        ],
        [
          "histogram_quantile(0.9, histogram_sum(rate(ex_size_bytes[5m])))",
          "takes histogram_quantile() of numbers, which gives nothing. It takes a native histogram, or its rate().",
        ],
      ] as const
    ).map(([query, finding]) => ({ name: query, query, metrics, service, findings: [`${panel} ${finding}`] })),
  ],
});
