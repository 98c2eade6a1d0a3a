import type { ModelIndex } from "./model";
import { isComparison } from "./promql-interval";
import { isScalar, isSetOperator } from "./promql-labels";
import { parsePromql, type Binary, type Call, type Expr } from "./promql-syntax";

/** What the samples of a result are: numbers, or native histograms. */
export type Sample = "number" | "histogram";

/** Functions that give what they are given. */
const keeps =
  /^(i?rate|increase|i?delta|(sum|avg|last|first)_over_time|label_replace|label_join|info|sort_by_label|sort_by_label_desc)$/;

/** What the samples of an expression are, through recording rules; undefined where it is not known, or there are none. */
export function sampleOf(expr: Expr, index: ModelIndex, seen: readonly string[] = []): Sample | undefined {
  switch (expr.type) {
    case "literal":
      return "number";
    case "selector": {
      const known = index.series.get(expr.metric);
      if (known?.metric) return known.metric.type === "native-histogram" ? "histogram" : "number";
      const tree = known?.rule && !seen.includes(expr.metric) ? parsePromql(known.rule.query.expr) : undefined;
      return tree && sampleOf(tree, index, [...seen, expr.metric]);
    }
    case "range":
    case "negation":
      return sampleOf(expr.of, index, seen);
    case "call":
      return keeps.test(expr.fn) ? ofArgument(expr, index, seen) : "number";
    case "aggregation": {
      const vector = expr.args.at(-1);
      return vector && ["sum", "avg", "limitk", "limit_ratio"].includes(expr.op) ? sampleOf(vector, index, seen) : "number";
    }
    case "binary":
      return ofBinary(expr, index, seen);
  }
}

/** What an arithmetic operator makes of two samples; "none" where Prometheus leaves both out. */
export function combinedSample(op: string, left: Sample, right: Sample): Sample | "none" {
  if (left === "number" && right === "number") return "number";
  const isPossible =
    left === right ? op === "+" || op === "-" : op === "*" || (op === "/" && left === "histogram" && right === "number");
  return isPossible ? "histogram" : "none";
}

function ofArgument({ args }: Call, index: ModelIndex, seen: readonly string[]): Sample | undefined {
  const vector = args.find((arg) => !isScalar(arg));
  return vector && sampleOf(vector, index, seen);
}

function ofBinary({ op, bool, left, right }: Binary, index: ModelIndex, seen: readonly string[]): Sample | undefined {
  if (bool) return "number";
  const [a, b] = [sampleOf(left, index, seen), sampleOf(right, index, seen)];
  if (op === "or") return a === b ? a : undefined;
  if (isSetOperator(op) || isComparison(op)) return isScalar(left) ? b : a;
  const combined = a && b && combinedSample(op, a, b);
  return combined === "none" ? undefined : combined;
}
