import { isScalar } from "../model/promql-labels";
import type { Aggregation, Binary, Call, Expr, Selector } from "../model/promql-syntax";

/** The labels of one series; the name is not among them. */
export type LabelSet = Readonly<Record<string, string>>;

/** The series that a selector has; undefined where they are not known. */
export type SetsOf = (selector: Selector) => readonly LabelSet[] | undefined;

/** Functions whose results have labels that no series says. */
const untold = new Set(["absent", "absent_over_time", "label_replace", "label_join", "info", "vector", "histogram_quantiles"]);

/** The labels of the results that an expression can have with these series, whatever their values; undefined where that cannot be told. */
export function labelSetsOf(expr: Expr, setsOf: SetsOf): readonly LabelSet[] | undefined {
  switch (expr.type) {
    case "literal":
      return undefined;
    case "selector":
      return expr.moved ? undefined : setsOf(expr);
    case "range":
      return expr.moved ? undefined : labelSetsOf(expr.of, setsOf);
    case "negation":
      return labelSetsOf(expr.of, setsOf);
    case "call":
      return ofCall(expr, setsOf);
    case "aggregation":
      return ofAggregation(expr, setsOf);
    case "binary":
      return ofBinary(expr, setsOf);
  }
}

/** Two sides of an operator that compares their labels, where both are known; undefined for other operators. */
export function sidesOf(
  { op, left, right, isFilled }: Binary,
  setsOf: SetsOf,
): { readonly left: readonly LabelSet[]; readonly right: readonly LabelSet[] } | undefined {
  if (isFilled || op === "or" || op === "unless" || isScalar(left) || isScalar(right)) return undefined;
  const [a, b] = [labelSetsOf(left, setsOf), labelSetsOf(right, setsOf)];
  return a && b && { left: a, right: b };
}

/** What must be equal for two series to meet. */
export function keyOf(set: LabelSet, { matching }: Binary): string {
  const { on = false, labels = [] } = matching ?? {};
  const compared = Object.entries(set).filter(([label]) => labels.includes(label) === on);
  return JSON.stringify(compared.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ofCall({ fn, args }: Call, setsOf: SetsOf): readonly LabelSet[] | undefined {
  const vector = args.find((arg) => !isScalar(arg));
  const sets = vector && !untold.has(fn) ? labelSetsOf(vector, setsOf) : undefined;
  return sets && (fn === "histogram_quantile" || fn === "histogram_fraction") ? projected(sets, (label) => label !== "le") : sets;
}

function ofAggregation({ op, args, grouping, labels }: Aggregation, setsOf: SetsOf): readonly LabelSet[] | undefined {
  const vector = args.at(-1);
  const sets = vector && op !== "count_values" ? labelSetsOf(vector, setsOf) : undefined;
  if (!sets || ["topk", "bottomk", "limitk", "limit_ratio"].includes(op)) return sets;
  return projected(sets, (label) => labels.includes(label) === (grouping === "by"));
}

function ofBinary(expr: Binary, setsOf: SetsOf): readonly LabelSet[] | undefined {
  const { op, left, right, group, matching } = expr;
  if (isScalar(left)) return labelSetsOf(right, setsOf);
  if (isScalar(right) || op === "unless") return labelSetsOf(left, setsOf);
  if (op === "or") {
    const [a, b] = [labelSetsOf(left, setsOf), labelSetsOf(right, setsOf)];
    return a && b && [...a, ...b];
  }
  const sides = sidesOf(expr, setsOf);
  if (!sides || (group && group.include.length > 0)) return undefined;
  const [many, one] = group?.side === "right" ? [sides.right, sides.left] : [sides.left, sides.right];
  const keys = new Set(one.map((set) => keyOf(set, expr)));
  const met = many.filter((set) => keys.has(keyOf(set, expr)));
  if (op === "and" || group || !matching) return met;
  return projected(met, (label) => matching.labels.includes(label) === matching.on);
}

function projected(sets: readonly LabelSet[], isKept: (label: string) => boolean): readonly LabelSet[] {
  const kept = sets.map((set) => Object.fromEntries(Object.entries(set).filter(([label]) => isKept(label))));
  return [...new Map(kept.map((set) => [JSON.stringify(Object.entries(set).sort()), set])).values()];
}
