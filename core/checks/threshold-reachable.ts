import { alertQuery, thresholdOf, watchedQuery, type Alert } from "../model/alert";
import { isDuration, toSeconds, type Duration } from "../model/duration";
import type { Histogram } from "../model/metric";
import { metricsBehindTree } from "../model/metrics-behind";
import { indexOf, type ModelIndex } from "../model/model";
import { intervalOf } from "../model/promql-interval";
import { parsePromql, walk, type Binary, type Expr } from "../model/promql-syntax";
import { subjectIn, type Service } from "../model/service";
import { formatValue, type Unit } from "../model/unit";
import { problem, type Check } from "./check";

/** No alert waits for a number that its query can never reach. */
export const thresholdReachable: Check = {
  id: "threshold-reachable",
  description:
    "Thresholds lie below the largest bucket, within 0 and 1 for a ratio, and below the container's limit; alerts wait for a duration of at most 30 days.",
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

/** The longest that an alert may wait: what lasts longer was told otherwise, or is nothing to be told of. */
const longestWait: Duration = "30d";

/** What is wrong with when an alert fires; undefined where it can. */
export function unreachable(alert: Alert, service: Service, index: ModelIndex): string | undefined {
  for (const time of ["for", "keepFiringFor", "window"] as const) {
    const text: string | undefined = alert[time];
    if (text !== undefined && !isDuration(text))
      return `has ${time}: ${text}, which is no duration. Write one such as 30s, 5m or 1h.`;
  }
  if (toSeconds(alert.for) > toSeconds(longestWait))
    return `waits ${alert.for} before it fires, so that nobody is told. Let it wait at most ${longestWait}.`;
  const threshold = thresholdOf(alert);
  if (threshold !== undefined && !Number.isFinite(threshold))
    return `fires ${"below" in alert.when ? "below" : "above"} ${threshold}, which no value ever is. Give it a number.`;
  const expr = watchedQuery(alert)?.query.expr ?? alertQuery(alert, index.labelsOf).expr;
  if (threshold === undefined) return undefined;
  const { unit } = alert.panel;
  const shown = formatValue(threshold, unit);
  if ("below" in alert.when) {
    if (threshold > 0 || (unit === "short" && !isNeverNegative(parsePromql(expr), index))) return undefined;
    return `fires below ${shown}, which no ${unit === "short" ? "value" : unit} can be. Raise the threshold.`;
  }
  if (threshold < 0 && (unit !== "short" || isNeverNegative(parsePromql(expr), index)))
    return `fires above ${shown}, which every value is. Raise the threshold.`;
  const bucket = quantileHistogram(parsePromql(expr), index)?.buckets.at(-1);
  if (bucket !== undefined && threshold >= bucket) {
    return `fires above ${shown}, but a quantile never passes the histogram's largest bucket, ${formatValue(bucket, unit)}. Lower the threshold, or give the histogram larger buckets.`;
  }
  if (unit === "percentunit" && threshold >= 1)
    return `fires above ${shown}, but a ratio is never more than 100 %. Lower the threshold.`;
  const limit = isUseOfContainer(parsePromql(expr), index) ? limitIn(unit, service) : undefined;
  return limit === undefined || threshold < limit
    ? undefined
    : `fires above ${shown}, but the container's limit is ${formatValue(limit, unit)}. Lower the threshold.`;
}

/** Whether the expression counts something: what is counted is never less than nothing. A difference of counts is none. */
function isNeverNegative(tree: Expr | undefined, index: ModelIndex): boolean {
  if (!tree) return false;
  if (intervalOf(tree, index).low >= 0) return true;
  switch (tree.type) {
    case "selector": {
      const metric = index.series.get(tree.metric)?.metric;
      return metric?.type === "gauge" && countsThings(metric.unit);
    }
    case "range":
      return isNeverNegative(tree.of, index);
    case "aggregation":
      return ["sum", ...keepsRange].includes(tree.op) && isNeverNegative(tree.args.at(-1), index);
    case "call":
      return /^(min|max|avg|sum|last|quantile)_over_time$/.test(tree.fn) && isNeverNegative(tree.args.at(-1), index);
    case "binary":
      return isFilter(tree)
        ? isNeverNegative(tree.left, index)
        : ["+", "*", "/"].includes(tree.op) && [tree.left, tree.right].every((side) => isNeverNegative(side, index));
    default:
      return false;
  }
}

/** Messages, meetings, bytes: whatever is named in the plural, and is no measure that may lie below zero. */
function countsThings(unit: string): boolean {
  return (
    /[a-z]s$/.test(unit) &&
    !/^(\w*seconds|minutes|hours|days|celsius|degrees|kelvins|volts|amperes|watts|joules|\w*meters|points|euros|dollars|cents|credits)$/.test(
      unit,
    )
  );
}

/** Whether an expression is of a container's memory or CPU: other bytes, of a volume or a queue, know no such limit. */
function isUseOfContainer(tree: Expr | undefined, index: ModelIndex, seen: readonly string[] = []): boolean {
  if (!tree) return false;
  return walk(tree).some((node) => {
    if (node.type !== "selector" || seen.includes(node.metric)) return false;
    const rule = index.series.get(node.metric)?.rule;
    return (
      /^(container_(memory|cpu)|process_(resident_memory|cpu))_/.test(node.metric) ||
      (rule !== undefined && isUseOfContainer(parsePromql(rule.query.expr), index, [...seen, node.metric]))
    );
  });
}

/** The limit of a container in the unit of a panel, where it has one. */
function limitIn(unit: Unit, { workload }: Service): number | undefined {
  switch (unit) {
    case "cores":
      return workload?.limits.cpuCores;
    case "bytes":
      return workload?.limits.memoryBytes;
    default:
      return undefined;
  }
}

/** The histogram whose quantile the expression is, directly or through recording rules; a sum or a ratio of quantiles is none. */
function quantileHistogram(tree: Expr | undefined, index: ModelIndex, seen: readonly string[] = []): Histogram | undefined {
  switch (tree?.type) {
    case "call":
      if (tree.fn === "histogram_quantile") return histogramBehind(tree, index);
      return /^(min|max|avg|last|quantile)_over_time$/.test(tree.fn)
        ? quantileHistogram(tree.args.at(-1), index, seen)
        : undefined;
    case "range":
      return quantileHistogram(tree.of, index, seen);
    case "aggregation":
      return keepsRange.includes(tree.op) ? quantileHistogram(tree.args.at(-1), index, seen) : undefined;
    case "binary":
      return isFilter(tree) ? quantileHistogram(tree.left, index, seen) : undefined;
    case "selector": {
      const rule = seen.includes(tree.metric) ? undefined : index.series.get(tree.metric)?.rule;
      return rule && quantileHistogram(parsePromql(rule.query.expr), index, [...seen, tree.metric]);
    }
    default:
      return undefined;
  }
}

/** Aggregations whose result is never larger than what they aggregate. */
const keepsRange = ["max", "min", "avg", "quantile", "topk", "bottomk"];

function isFilter({ op, bool }: Binary): boolean {
  return op === "and" || op === "unless" || (!bool && ["==", "!=", ">", "<", ">=", "<="].includes(op));
}

function histogramBehind(tree: Expr, index: ModelIndex): Histogram | undefined {
  return [...metricsBehindTree(tree, index)].find((metric) => metric.type === "histogram");
}
