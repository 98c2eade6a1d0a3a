import { alertQuery, thresholdOf, watchedQuery, type Alert } from "../model/alert";
import type { Histogram } from "../model/metric";
import { metricsBehind } from "../model/metrics-behind";
import { indexOf, type ModelIndex } from "../model/model";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import { subjectIn, type Service } from "../model/service";
import { formatValue } from "../model/unit";
import { problem, type Check } from "./check";

/** No alert waits for a number that its query can never reach. */
export const thresholdReachable: Check = {
  id: "threshold-reachable",
  description: "Thresholds lie below the largest bucket, within 0 and 1 for a ratio, and below the container's limit.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const why = unreachable(alert, service, index);
        return why === undefined ? [] : [problem(subjectIn(service, "alerts", alert), why)];
      }),
    );
  },
};

function unreachable(alert: Alert, service: Service, index: ModelIndex): string | undefined {
  const threshold = thresholdOf(alert);
  const expr = watchedQuery(alert)?.query.expr ?? alertQuery(alert, index.labelsOf).expr;
  if (threshold === undefined) return undefined;
  const { unit } = alert.panel;
  const shown = formatValue(threshold, unit);
  if ("below" in alert.when) {
    return threshold <= 0 && unit !== "short" ? `fires below ${shown}, which no ${unit} can be. Raise the threshold.` : undefined;
  }
  const bucket = quantileHistogram(expr, index)?.buckets.at(-1);
  if (bucket !== undefined && threshold >= bucket) {
    return `fires above ${shown}, but a quantile never passes the histogram's largest bucket, ${formatValue(bucket, unit)}. Lower the threshold, or give the histogram larger buckets.`;
  }
  if (unit === "percentunit" && threshold >= 1)
    return `fires above ${shown}, but a ratio is never more than 100 %. Lower the threshold.`;
  if (unit === "cores" && threshold >= service.limits.cpuCores) {
    return `fires above ${shown}, but the container's limit is ${formatValue(service.limits.cpuCores, unit)}. Lower the threshold.`;
  }
  if (unit === "bytes" && threshold >= service.limits.memoryBytes) {
    return `fires above ${shown}, but the container's limit is ${formatValue(service.limits.memoryBytes, unit)}. Lower the threshold.`;
  }
  return undefined;
}

/** The histogram whose quantile the expression is, directly or through a recording rule. */
function quantileHistogram(expr: string, index: ModelIndex): Histogram | undefined {
  const tree = parsePromql(expr);
  if (!tree || !isQuantile(tree, index)) return undefined;
  for (const metric of metricsBehind(expr, index)) if (metric.type === "histogram") return metric;
  return undefined;
}

function isQuantile(tree: Expr, index: ModelIndex): boolean {
  return [...walk(tree)].some((node) => {
    if (node.type === "call") return node.fn === "histogram_quantile";
    const rule = node.type === "selector" ? index.series.get(node.metric)?.rule : undefined;
    return rule?.query.expr.includes("histogram_quantile(") === true;
  });
}
