import type { ModelIndex } from "./model";
import { isScalar } from "./promql-labels";
import { parsePromql, type Aggregation, type Binary, type Expr } from "./promql-syntax";

/**
 * How a value behaves in time: a `counter` only grows and starts again with its process; `summed` is made of several
 * counters, in which the restart of one cannot be seen; a `gauge` goes up and down.
 */
export type Kind = "counter" | "summed" | "gauge";

/** Functions that leave the values as they are, or pick some of them. */
const keeps = [
  "last_over_time",
  "first_over_time",
  "max_over_time",
  "min_over_time",
  "sort",
  "sort_desc",
  "label_replace",
  "label_join",
  "abs",
  "ceil",
  "floor",
  "round",
  "clamp_min",
];

/** How the values of an expression behave, through subqueries and recording rules; undefined where it is not known. */
export function kindOf(expr: Expr, index: ModelIndex, seen: readonly string[] = []): Kind | undefined {
  switch (expr.type) {
    case "literal":
      return undefined;
    case "selector": {
      const known = index.series.get(expr.metric);
      if (known?.metric) return known.metric.type === "gauge" ? "gauge" : "counter";
      const tree = known?.rule && !seen.includes(expr.metric) ? parsePromql(known.rule.query.expr) : undefined;
      return tree && kindOf(tree, index, [...seen, expr.metric]);
    }
    case "range":
      return kindOf(expr.of, index, seen);
    case "negation":
      return expr.sign === "+" ? kindOf(expr.of, index, seen) : undefined;
    case "call": {
      if (keeps.includes(expr.fn)) return expr.args[0] && kindOf(expr.args[0], index, seen);
      if (["clamp", "clamp_max", "sum_over_time"].includes(expr.fn)) {
        const of = expr.args[0] && kindOf(expr.args[0], index, seen);
        return of === "gauge" ? of : undefined;
      }
      return ["scalar", "vector", "time", "timestamp"].includes(expr.fn) ? undefined : "gauge"; // time only grows
    }
    case "aggregation":
      return ofAggregation(expr, index, seen);
    case "binary":
      return ofBinary(expr, index, seen);
  }
}

function ofAggregation({ op, args }: Aggregation, index: ModelIndex, seen: readonly string[]): Kind | undefined {
  const vector = args.at(-1);
  const kind = vector && kindOf(vector, index, seen);
  if (["topk", "bottomk", "limitk", "limit_ratio"].includes(op)) return kind;
  if (["sum", "avg", "max", "min"].includes(op)) return kind === "counter" ? "summed" : kind;
  return "gauge";
}

function ofBinary({ op, bool, left, right }: Binary, index: ModelIndex, seen: readonly string[]): Kind | undefined {
  if (bool) return "gauge";
  if (op === "unless" && isSameNow(left, right)) return undefined; // series that are new: all that they count is recent
  const [a, b] = [kindOf(left, index, seen), kindOf(right, index, seen)];
  if (["and", "unless", "==", "!=", "<", "<=", ">", ">="].includes(op)) return isScalar(left) ? b : a;
  if (op === "or") return a === b ? a : undefined;
  if (["*", "/", "+"].includes(op) && isScalar(right)) return a;
  if (["*", "+"].includes(op) && isScalar(left)) return b;
  if (op === "+" && isCounted(a) && isCounted(b)) return "summed";
  return a === "gauge" && b === "gauge" ? "gauge" : undefined;
}

/** Whether the right side is the left one at another time. */
function isSameNow(left: Expr, right: Expr): boolean {
  return left.type === "selector" && right.type === "selector" && left.metric === right.metric && right.moved !== undefined;
}

function isCounted(kind: Kind | undefined): boolean {
  return kind === "counter" || kind === "summed";
}
