import { queryTypes } from "../../../core/checks/query-types";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";

testCheck(queryTypes, {
  accepted: [
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
    {
      name: "the rate of a gauge",
      query: "rate(ex_depth[5m])",
      findings: [`${panel}: the panel takes rate() of ex_depth, a gauge. Use delta() or deriv(), or avg_over_time().`],
    },
    {
      name: "the derivative of a counter",
      query: "deriv(ex_joins_total[5m])",
      findings: [`${panel}: the panel takes deriv() of ex_joins_total, which is a counter. Use rate() or increase().`],
    },
    {
      name: "a quantile without le",
      query: "histogram_quantile(0.9, sum by (status) (rate(ex_latency_seconds_bucket[5m])))",
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
