import type { ModelIndex } from "./model";
import { isComparison } from "./promql-interval";
import { isScalar } from "./promql-labels";
import { parsePromql, type Expr } from "./promql-syntax";

/** What leaves values as they are, or picks some of them. */
const keeps = ["sort", "sort_desc", "label_replace", "label_join", "last_over_time", "max_over_time", "min_over_time"];
const picks = ["max", "min", "topk", "bottomk", "limitk"];

/**
 * Whether the values are quantiles of histograms or summaries, through scaling, filters and recording rules: no arithmetic makes of several of
 * them the quantile of the whole.
 */
export function isQuantile(expr: Expr, index: ModelIndex, seen: readonly string[] = []): boolean {
  const goesOn = (next: Expr | undefined): boolean => next !== undefined && isQuantile(next, index, seen);
  switch (expr.type) {
    case "selector": {
      const { metric, matchers } = expr;
      if (matchers.some(({ label, op, value }) => label === "quantile" && op === "=" && isBetween(Number(value)))) return true;
      const rule = seen.includes(metric) ? undefined : index.series.get(metric)?.rule;
      const recorded = rule && parsePromql(rule.query.expr);
      return recorded !== undefined && isQuantile(recorded, index, [...seen, metric]);
    }
    case "range":
      return goesOn(expr.of);
    case "call":
      return expr.fn === "histogram_quantile" || (keeps.includes(expr.fn) && goesOn(expr.args[0]));
    case "aggregation":
      return picks.includes(expr.op) && goesOn(expr.args.at(-1));
    case "binary": {
      const { op, bool, left, right } = expr;
      if (bool) return false;
      if (op === "or") return goesOn(left) && goesOn(right);
      if (["*", "/"].includes(op) && isScalar(right)) return goesOn(left);
      if (op === "*" && isScalar(left)) return goesOn(right);
      return (isComparison(op) || ["and", "unless"].includes(op)) && goesOn(isScalar(left) ? right : left);
    }
    default:
      return false;
  }
}

/** The quantiles 0 and 1 are the least and the most, of which there are averages. */
function isBetween(quantile: number): boolean {
  return quantile > 0 && quantile < 1;
}
