import type { ModelIndex } from "./model";
import { formatFloat } from "./float";
import { once } from "./once";
import { outputLabels } from "./promql-labels";
import { parsePromql, type Aggregation, type Binary, type Call, type Expr, type Matcher, type Selector } from "./promql-syntax";
import { matcherAccepts } from "./promql/regex";

/** The values that labels can have in a result, where they are known; a label that is not here can have any. */
export type KnownValues = ReadonlyMap<string, ReadonlySet<string>>;

const nothing: KnownValues = new Map();

/** The values that the labels of an expression's results can have: those that catalogs list, less those that matchers exclude. */
export function knownValues(expr: Expr, index: ModelIndex, seen: readonly string[] = []): KnownValues {
  switch (expr.type) {
    case "literal":
      return nothing;
    case "selector":
      return selectedValues(expr, index, seen);
    case "range":
    case "negation":
      return knownValues(expr.of, index, seen);
    case "call":
      return valuesOfCall(expr, index, seen);
    case "aggregation":
      return kept(expr, valuesOf(expr.args.at(-1), index, seen));
    case "binary":
      return combined(expr, index, seen);
  }
}

/** The values of a label that a catalog lists; those of `le` are the histogram's buckets, and a service's job is its workload's. */
export function listedValues(series: string, label: string, index: ModelIndex): readonly string[] | undefined {
  const known = index.series.get(series);
  const metric = known?.metric;
  if (!metric) return undefined;
  if (label === "job") return known.service?.workload && [known.service.workload.job];
  if (label === "le" && metric.type === "histogram" && metric.buckets.length > 0) return bounds(metric.buckets);
  const values = metric.labels[label];
  return values && !("atMost" in values) ? values : undefined;
}

const bounds = once((buckets: readonly number[]): readonly string[] => [...buckets.map(formatFloat), "+Inf"]);

function selectedValues({ metric, matchers }: Selector, index: ModelIndex, seen: readonly string[]): KnownValues {
  const all = valuesOfSeries(metric, index, seen);
  const values = new Map<string, ReadonlySet<string>>();
  for (const label of new Set([...all.keys(), ...matchers.map((matcher) => matcher.label)])) {
    const own = matchers.filter((matcher) => matcher.label === label);
    const listed = all.get(label) ?? listedSet(metric, label, index) ?? namedBy(own);
    if (listed) values.set(label, own.length === 0 ? listed : accepted(listed, own));
  }
  return values;
}

function accepted(values: ReadonlySet<string>, matchers: readonly Matcher[]): ReadonlySet<string> {
  return new Set([...values].filter((value) => matchers.every((matcher) => matcherAccepts(matcher, value))));
}

/** The labels of a series in their order, with their values where those are known. */
type SeriesValues = ReadonlyMap<string, ReadonlySet<string> | undefined>;

const bySeries = once<ModelIndex, Map<string, SeriesValues>>(() => new Map());

function valuesOfSeries(metric: string, index: ModelIndex, seen: readonly string[]): SeriesValues {
  if (seen.length > 0) return seriesValues(metric, index, seen); // of rules that read each other, it depends on where one begins
  const values = bySeries(index).get(metric) ?? seriesValues(metric, index, seen);
  bySeries(index).set(metric, values);
  return values;
}

function seriesValues(metric: string, index: ModelIndex, seen: readonly string[]): SeriesValues {
  const { rule, metric: declared } = index.series.get(metric) ?? {};
  const tree = rule && !seen.includes(metric) ? parsePromql(rule.query.expr) : undefined;
  const recorded = tree ? knownValues(tree, index, [...seen, metric]) : nothing;
  const labels = [...recorded.keys(), ...Object.keys(declared?.labels ?? {})];
  return new Map(labels.map((label) => [label, listedSet(metric, label, index) ?? recorded.get(label)]));
}

function listedSet(series: string, label: string, index: ModelIndex): ReadonlySet<string> | undefined {
  const listed = listedValues(series, label, index);
  return listed && setOf(listed);
}

const setOf = once((values: readonly string[]): ReadonlySet<string> => new Set(values));

/** The only values that equalities or plain alternatives let through. */
function namedBy(matchers: readonly Matcher[]): ReadonlySet<string> | undefined {
  for (const { op, value } of matchers) {
    if (op === "=") return new Set([value]);
    if (op === "=~" && /^[\w:/-]+(\|[\w:/-]+)*$/.test(value)) return new Set(value.split("|"));
  }
  return undefined;
}

function valuesOf(expr: Expr | undefined, index: ModelIndex, seen: readonly string[]): KnownValues {
  return expr ? knownValues(expr, index, seen) : nothing;
}

function valuesOfCall({ fn, args }: Call, index: ModelIndex, seen: readonly string[]): KnownValues {
  if (["vector", "scalar", "absent", "absent_over_time", "info"].includes(fn)) return nothing;
  const values = valuesOf(
    args.find((arg) => arg.type !== "literal"),
    index,
    seen,
  );
  const written = fn === "label_replace" || fn === "label_join" ? args[1] : undefined;
  const changed = written?.type === "literal" ? [String(written.value)] : [];
  return without(values, fn.startsWith("histogram_") ? ["le"] : changed);
}

function kept({ op, grouping, labels }: Aggregation, values: KnownValues): KnownValues {
  if (["topk", "bottomk", "limitk", "limit_ratio"].includes(op)) return values;
  return grouping === "by" ? only(values, labels) : without(values, labels);
}

function combined(expr: Binary, index: ModelIndex, seen: readonly string[]): KnownValues {
  const left = knownValues(expr.left, index, seen);
  const right = knownValues(expr.right, index, seen);
  if (expr.op === "or") return either(left, right);
  const labels = outputLabels(expr, index.labelsOf, "by some");
  const many = expr.group?.side === "right" ? right : left;
  const result = expr.group ? without(many, expr.group.include) : left.size > 0 ? left : right;
  return labels ? only(result, [...labels]) : nothing;
}

function either(left: KnownValues, right: KnownValues): KnownValues {
  return new Map(
    [...left].flatMap(([label, values]) => {
      const others = right.get(label);
      return others ? [[label, new Set([...values, ...others])]] : [];
    }),
  );
}

function only(values: KnownValues, labels: readonly string[]): KnownValues {
  return new Map([...values].filter(([label]) => labels.includes(label)));
}

function without(values: KnownValues, labels: readonly string[]): KnownValues {
  return new Map([...values].filter(([label]) => !labels.includes(label)));
}
