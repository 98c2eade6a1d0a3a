import type { Metric } from "./metric";
import type { ModelIndex } from "./model";
import { parsePromql, visit, type Expr } from "./promql-syntax";

/** The metrics that an expression is made of, through the recording rules that it reads. */
export function metricsBehind(expr: string, index: ModelIndex): ReadonlySet<Metric> {
  const tree = parsePromql(expr);
  return tree ? metricsBehindTree(tree, index) : new Set();
}

/** The same for a part of an expression. */
export function metricsBehindTree(tree: Expr, index: ModelIndex): ReadonlySet<Metric> {
  const metrics = new Set<Metric>();
  const seen = new Set<string>();
  const open: Expr[] = [tree];
  for (let next = open.pop(); next; next = open.pop()) {
    visit(next, (node) => {
      if (node.type !== "selector" || seen.has(node.metric)) return;
      seen.add(node.metric);
      const known = index.series.get(node.metric);
      if (known?.metric) metrics.add(known.metric);
      const recorded = known?.rule && parsePromql(known.rule.query.expr);
      if (recorded) open.push(recorded);
    });
  }
  return metrics;
}
