import { alertQuery, type Alert } from "../model/alert";
import { metricsBehind, metricsBehindTree } from "../model/metrics-behind";
import { indexOf, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import { subjectIn, type Service } from "../model/service";
import { templateLabels } from "../model/template/labels";
import { problem, type Check, type Problem } from "./check";
import { inEachQuery } from "./in-each-query";

/** A metric that is debugged by a label is never aggregated over it, and its alerts name the label. */
export const requiredGroupingIsKept: Check = {
  id: "required-grouping-is-kept",
  description: "Queries keep the label by which their metric is debugged, and alerts name it in their summary.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return [
      ...inEachQuery(model, lost, ["alert", "panel", "recording rule", "runbook command", "template"]),
      ...model.services.flatMap((service) => service.alerts.flatMap((alert) => unnamed(service, alert, index))),
    ];
  },
};

function lost(tree: Expr, index: ModelIndex): readonly string[] {
  return [...aggregatedAway(tree, index)].map(
    ([label, names]) => `aggregates ${[...names].join(" and ")} without "${label}", the label to debug by. Group by (${label}).`,
  );
}

/** The debug labels that an aggregation drops, with the metrics that need them. */
function aggregatedAway(tree: Expr, index: ModelIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const dropped = new Map<string, Set<string>>();
  const isDebuggedByLabel = [...metricsBehindTree(tree, index)].some(({ requiredGrouping }) => requiredGrouping !== undefined);
  if (!isDebuggedByLabel) return dropped; // so it is with most queries
  for (const node of walk(tree)) {
    if (node.type !== "aggregation") continue;
    const kept = outputLabels(node, index.labelsOf, "by some");
    for (const metric of metricsBehindTree(node, index)) {
      const label = metric.requiredGrouping;
      if (label !== undefined && kept && !kept.has(label)) dropped.set(label, (dropped.get(label) ?? new Set()).add(metric.name));
    }
  }
  return dropped;
}

/** Of an expression that has lost the label, such as `absent(…)`, the summary cannot name it. */
function unnamed(service: Service, alert: Alert, index: ModelIndex): readonly Problem[] {
  const { expr } = alertQuery(alert, index.labelsOf);
  const tree = parsePromql(expr);
  const kept = tree && outputLabels(tree, index.labelsOf);
  const metrics = [...metricsBehind(expr, index)];
  const labels = new Set(metrics.flatMap(({ requiredGrouping }) => (requiredGrouping === undefined ? [] : [requiredGrouping])));
  const named = templateLabels(alert.summary);
  return [...labels]
    .filter((label) => kept?.has(label) !== false && !named.includes(label))
    .map((label) =>
      problem(
        subjectIn(service, "alerts", alert),
        `the summary does not name the ${label} by which this is debugged. Write {{ $labels.${label} }} into it.`,
      ),
    );
}
