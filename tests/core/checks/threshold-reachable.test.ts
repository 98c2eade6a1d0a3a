import { thresholdReachable } from "../../../core/checks/threshold-reachable";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import type { Unit } from "../../../core/model/unit";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const on = (unit: Unit, expr: string) =>
  panel("p", { title: "P", shows: "P.", unit, queries: { q: { query: queryOf(expr), legend: "" } } });
const quantile = "histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m])))";

testCheck(thresholdReachable, {
  accepted: [
    { name: "a latency below the largest bucket", alert: { panel: on("s", quantile), when: { above: 0.5 } } },
    { name: "a ratio below 1", alert: { panel: on("percentunit", "sum(ex_depth) / sum(ex_depth)"), when: { above: 0.99 } } },
    { name: "fewer than one", alert: { when: { below: 1 } } },
  ],
  reported: [
    {
      name: "a latency at the largest bucket",
      alert: { panel: on("s", quantile), when: { above: 1 } },
      findings: [
        `${at}: fires above 1 s, but a quantile never passes the histogram's largest bucket, 1 s. Lower the threshold, or give the histogram larger buckets.`,
      ],
    },
    {
      name: "the same through a recording rule",
      alert: { panel: on("s", "ex:ex_latency_seconds:p95_5m"), when: { above: 2 } },
      findings: [
        `${at}: fires above 2 s, but a quantile never passes the histogram's largest bucket, 1 s. Lower the threshold, or give the histogram larger buckets.`,
      ],
    },
    {
      name: "a ratio of more than all",
      alert: { panel: on("percentunit", "sum(ex_depth) / sum(ex_depth)"), when: { above: 5 } },
      findings: [`${at}: fires above 500 %, but a ratio is never more than 100 %. Lower the threshold.`],
    },
    {
      name: "CPU above the limit",
      alert: { panel: on("cores", "sum by (pod) (rate(container_cpu_usage_seconds_total[5m]))"), when: { above: 2 } },
      findings: [`${at}: fires above 2 cores, but the container's limit is 1 cores. Lower the threshold.`],
    },
  ],
});
