import type { ModelIndex } from "./model";
import { isScalar, isSetOperator } from "./promql-labels";
import { parsePromql, type Binary, type Call, type Expr, type Selector } from "./promql-syntax";
import { knownValues, listedValues } from "./promql-values";
import { replicasOf } from "./workload";

/** Labels by which an expression certainly has several series, since the catalogs list several values of them. */
export type Varied = ReadonlySet<string>;

const none: Varied = new Set();
const single = ["vector", "scalar", "time", "pi", "absent", "absent_over_time", "info"];
const picks = ["topk", "bottomk", "limitk", "limit_ratio"];
const comparisons = ["==", "!=", "<", "<=", ">", ">="];

function only(labels: Varied, isKept: (label: string) => boolean): Varied {
  if (labels.size === 0) return none;
  const kept = new Set<string>();
  for (const label of labels) if (isKept(label)) kept.add(label);
  return kept.size === labels.size ? labels : kept;
}

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
      if (picks.includes(expr.op)) return none; // perhaps only one
      const isBy = expr.grouping === "by";
      if (!vector || (isBy && expr.labels.length === 0)) return none;
      return only(variedLabels(vector, index, seen), (label) => expr.labels.includes(label) === isBy);
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
    const varied = tree ? variedLabels(tree, index, [...seen, metric]) : none;
    if (varied.size === 0 || matchers.length === 0) return varied;
    const left = knownValues(selector, index);
    return only(varied, (label) => !matchers.some((one) => one.label === label) || (left.get(label)?.size ?? 0) > 1);
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
  return fn.startsWith("histogram_") ? only(labels, (label) => label !== "le") : labels;
}

function ofBinary(expr: Binary, index: ModelIndex, seen: readonly string[]): Varied {
  const { op, bool, matching, group, left, right } = expr;
  if (!bool && comparisons.includes(op)) return none; // of several states, one may be left
  const of = (side: Expr): Varied => variedLabels(side, index, seen);
  if (isScalar(left)) return of(right);
  if (isScalar(right)) return of(left);
  if (op === "or") {
    const ofRight = of(right);
    return only(of(left), (label) => ofRight.has(label));
  }
  if (isSetOperator(op)) return none;
  if (group) return of(group.side === "left" ? left : right);
  return only(of(left), (label) => !matching || matching.labels.includes(label) === matching.on);
}
