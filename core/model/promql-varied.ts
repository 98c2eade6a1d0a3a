import type { ModelIndex } from "./model";
import { isScalar, isSetOperator } from "./promql-labels";
import { parsePromql, type Binary, type Call, type Expr, type Selector } from "./promql-syntax";
import { knownValues, listedValues } from "./promql-values";
import { replicasOf } from "./workload";

/** Labels by which an expression certainly has several series, since the catalogs list several values of them. */
export type Varied = ReadonlySet<string>;

const none: Varied = new Set();
const single = ["vector", "scalar", "time", "pi", "absent", "absent_over_time", "info"];

/**
 * Labels of which results have more than one value. Only what catalogs list counts: a label with unknown values may
 * follow from another one, as a pod's node does from its name.
 */
export function variedLabels(expr: Expr, index: ModelIndex, seen: readonly string[] = []): Varied {
  switch (expr.type) {
    case "literal":
      return none;
    case "selector":
      return ofSelector(expr, index, seen);
    case "range":
    case "negation":
      return variedLabels(expr.of, index, seen);
    case "call":
      return ofCall(expr, index, seen);
    case "aggregation": {
      const vector = expr.args.at(-1);
      const labels = vector ? variedLabels(vector, index, seen) : none;
      if (["topk", "bottomk", "limitk", "limit_ratio"].includes(expr.op)) return none; // perhaps only one
      return new Set([...labels].filter((label) => expr.labels.includes(label) === (expr.grouping === "by")));
    }
    case "binary":
      return ofBinary(expr, index, seen);
  }
}

function ofSelector(selector: Selector, index: ModelIndex, seen: readonly string[]): Varied {
  const { metric, matchers } = selector;
  const known = index.series.get(metric);
  if (known?.rule) {
    const tree = seen.includes(metric) ? undefined : parsePromql(known.rule.query.expr);
    const left = knownValues(selector, index);
    const varied = tree ? variedLabels(tree, index, [...seen, metric]) : none;
    return new Set(
      [...varied].filter((label) => !matchers.some((one) => one.label === label) || (left.get(label)?.size ?? 0) > 1),
    );
  }
  if (!known?.metric) return none;
  const values = knownValues(selector, index);
  const isInfo = metric.endsWith("_info") && known.metric.type === "gauge"; // what is so of its target: one series of each
  const listed = [...(isInfo ? [] : Object.keys(known.metric.labels)), ...(metric.endsWith("_bucket") ? ["le"] : [])].filter(
    (label) =>
      listedValues(metric, label, index) &&
      (label === "le" ? !matchers.some((one) => one.label === "le") : (values.get(label)?.size ?? 0) > 1),
  );
  const workload = known.service?.workload;
  const hasInstances =
    workload &&
    replicasOf(workload) > 1 &&
    !matchers.some(({ label }) => label !== "job" && !(label in (known.metric?.labels ?? {})));
  return new Set([...listed, ...(hasInstances ? ["instance"] : [])]);
}

function ofCall({ fn, args }: Call, index: ModelIndex, seen: readonly string[]): Varied {
  const vector = args.find((arg) => !isScalar(arg));
  if (!vector || single.includes(fn)) return none;
  const labels = variedLabels(vector, index, seen);
  return fn.startsWith("histogram_") ? new Set([...labels].filter((label) => label !== "le")) : labels;
}

function ofBinary(expr: Binary, index: ModelIndex, seen: readonly string[]): Varied {
  const { op, bool, matching, group, left, right } = expr;
  const isComparison = ["==", "!=", "<", "<=", ">", ">="].includes(op);
  if (isComparison && !bool) return none; // of several states, one may be left
  const [ofLeft, ofRight] = [variedLabels(left, index, seen), variedLabels(right, index, seen)];
  if (isScalar(left)) return ofRight;
  if (isScalar(right)) return ofLeft;
  if (isSetOperator(op)) return op === "or" ? new Set([...ofLeft].filter((label) => ofRight.has(label))) : none;
  if (group) return group.side === "left" ? ofLeft : ofRight;
  return new Set([...ofLeft].filter((label) => !matching || matching.labels.includes(label) === matching.on));
}
