import { thresholdReachable } from "../../../core/checks/threshold-reachable";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import type { Unit } from "../../../core/model/unit";
import { metrics } from "./example";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const on = (unit: Unit, expr: string) =>
  panel("p", { title: "P", description: "P.", unit, queries: { q: { query: queryOf(expr), legend: "" } } });
const quantile = "histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m])))";

testCheck(thresholdReachable, {
  accepted: [
    { name: "a latency below the largest bucket", alert: { panel: on("s", quantile), when: { above: 0.5 } } },
    { name: "a ratio below 1", alert: { panel: on("percentunit", "sum(ex_depth) / sum(ex_depth)"), when: { above: 0.99 } } },
    { name: "fewer than one", alert: { when: { below: 1 } } },
    { name: "a negative threshold of a difference", alert: { panel: on("short", "sum(ex_depth) - 5"), when: { above: -5 } } },
    ...["celsius", "seconds", "milliseconds", "credits"].map((unit) => ({
      name: `a negative threshold of ${unit}`,
      metrics: { ...metrics, depth: { ...metrics.depth, unit } },
      alert: { when: { above: -5 } },
    })),
    { name: "a negative threshold of a slope", alert: { panel: on("short", "deriv(ex_depth[5m])"), when: { above: -5 } } },
    { name: "a wait of 30 days", alert: { for: "30d" } },
    {
      name: "more bytes in a queue than a container may have of memory",
      alert: { panel: on("bytes", "max(ex_depth)"), when: { above: 1e12 } },
    },
    { name: "no wait", alert: { for: "0s" } },
    {
      name: "below a negative number of a gauge of what may be negative",
      metrics: { ...metrics, depth: { ...metrics.depth, unit: "celsius" } },
      alert: { when: { below: -5 } },
    },
    { name: "more than nothing of a rate", alert: { panel: on("short", "sum(rate(ex_dropped_total[5m]))"), when: { above: 0 } } },
  ],
  reported: [
    ...[0, -0, -5].map((below) => ({
      name: `below ${below} of what is counted`,
      alert: { when: { below } },
      findings: [`services/ex/alerts.ts EXDeep: fires below ${below}, which no value can be. Raise the threshold.`],
    })),
    {
      name: "a latency at the largest bucket",
      alert: { panel: on("s", quantile), when: { above: 1 } },
      findings: [
        `${at}: fires above 1 s, but a quantile never passes the histogram's largest bucket, 1 s. Lower the threshold, or give the histogram larger buckets.`,
      ],
    },
    ...[NaN, Infinity, -Infinity].map((above) => ({
      name: `a threshold of ${above}`,
      alert: { when: { above } },
      findings: [`${at}: fires above ${above}, which no value ever is. Give it a number.`],
    })),
    ...["ex_depth", "max_over_time(ex_depth[5m])", "sum(ex_depth) / count(ex_depth)", "ex_depth + 1", "ex_depth < 10"].map(
      (query) => ({
        name: `a negative threshold of what counts messages: ${query}`,
        alert: { panel: on("short", query), when: { above: -1 } },
        findings: [`${at}: fires above -1, which every value is. Raise the threshold.`],
      }),
    ),
    ...(["for", "keepFiringFor", "window"] as const).map((time) => ({
      name: `no duration: ${time}`,
      alert: { [time]: "-5m" as const },
      findings: [`${at}: has ${time}: -5m, which is no duration. Write one such as 30s, 5m or 1h.`],
    })),
    {
      name: "a wait of more than a month",
      alert: { for: "365d" },
      findings: [`${at}: waits 365d before it fires, so that nobody is told. Let it wait at most 30d.`],
    },
    {
      name: "a negative threshold of a rate",
      alert: { panel: on("short", "sum(rate(ex_dropped_total[5m]))"), when: { above: -1 } },
      findings: [`${at}: fires above -1, which every value is. Raise the threshold.`],
    },
    {
      name: "a negative share",
      alert: { panel: on("percentunit", "sum(ex_depth) / sum(ex_depth)"), when: { above: -0.1 } },
      findings: [`${at}: fires above -10 %, which every value is. Raise the threshold.`],
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
      name: "memory above the limit",
      alert: { panel: on("bytes", "max(container_memory_working_set_bytes)"), when: { above: 1e12 } },
      findings: [`${at}: fires above 931.323 GiB, but the container's limit is 1 GiB. Lower the threshold.`],
    },
    {
      name: "CPU above the limit",
      alert: { panel: on("cores", "sum by (pod) (rate(container_cpu_usage_seconds_total[5m]))"), when: { above: 2 } },
      findings: [`${at}: fires above 2 cores, but the container's limit is 1 cores. Lower the threshold.`],
    },
  ],
});
