import type { ModelIndex } from "./model";
import { formatFloat } from "./float";
import { once } from "./once";
import { carriedIn, type ByLabel } from "./promql-carried";
import { parsePromql, type Expr, type Matcher, type Selector } from "./promql-syntax";
import { matchedValues } from "./promql/matched-values";
import { matcherAccepts } from "./promql/regex";

/** The values that labels can have in a result, where they are known; a label that is not here can have any. */
export type KnownValues = ByLabel<ReadonlySet<string>>;

/** Matchers by the label that they are about. */
export type HeldMatchers = ByLabel<readonly Matcher[]>;

/** The values that the labels of an expression's results can have: those that catalogs list, less those that matchers exclude. */
export function knownValues(expr: Expr, index: ModelIndex, seen: readonly string[] = []): KnownValues {
  return knownValuesIn(index, seen)(expr);
}

/** The same for the expressions of a tree, each of which is looked at once. */
export function knownValuesIn(index: ModelIndex, seen: readonly string[] = []): (expr: Expr) => KnownValues {
  return carriedIn<ReadonlySet<string>>(
    {
      ofSelector: (selector) => selectedValues(selector, index, seen),
      ofText: (_, text) => new Set([text]),
      either: (left, right) => new Set([...left, ...right]),
    },
    index,
  );
}

/** The matchers that the labels of all of an expression's results satisfy, for the expressions of a tree. */
export function heldMatchersIn(index: ModelIndex): (expr: Expr) => HeldMatchers {
  return carriedIn<readonly Matcher[]>(
    {
      ofSelector: matchersByLabel,
      ofText: (label, value) => [{ label, op: "=", value }],
      either: () => undefined,
    },
    index,
  );
}

/** The values that the labels of a series can have, whatever a selector asks for. */
export function valuesOfSeries(metric: string, index: ModelIndex): KnownValues {
  return seriesOf(metric, index, []).known;
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
  const { all, known } = seriesOf(metric, index, seen);
  if (matchers.length === 0) return known;
  const values = new Map<string, ReadonlySet<string>>();
  const add = (label: string): void => {
    const own = matchers.filter((matcher) => matcher.label === label);
    const listed = all.get(label) ?? listedSet(metric, label, index) ?? namedBy(own);
    if (listed) values.set(label, own.length === 0 ? listed : accepted(listed, own));
  };
  for (const label of all.keys()) add(label);
  for (const { label } of matchers) if (!all.has(label)) add(label);
  return values;
}

function accepted(values: ReadonlySet<string>, matchers: readonly Matcher[]): ReadonlySet<string> {
  const left = new Set<string>();
  for (const value of values) if (matchers.every((matcher) => matcherAccepts(matcher, value))) left.add(value);
  return left.size === values.size ? values : left;
}

/** The labels of a series in their order, with their values where those are known; and those of which they are. */
interface SeriesValues {
  readonly all: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  readonly known: KnownValues;
}

const bySeries = once<ModelIndex, Map<string, SeriesValues>>(() => new Map());

function seriesOf(metric: string, index: ModelIndex, seen: readonly string[]): SeriesValues {
  if (seen.length > 0) return seriesValues(metric, index, seen); // of rules that read each other, it depends on where one begins
  const values = bySeries(index).get(metric) ?? seriesValues(metric, index, seen);
  bySeries(index).set(metric, values);
  return values;
}

function seriesValues(metric: string, index: ModelIndex, seen: readonly string[]): SeriesValues {
  const { rule, metric: declared } = index.series.get(metric) ?? {};
  const tree = rule && !seen.includes(metric) ? parsePromql(rule.query.expr) : undefined;
  const recorded = tree ? knownValues(tree, index, [...seen, metric]) : new Map<string, ReadonlySet<string>>();
  const labels = [...recorded.keys(), ...Object.keys(declared?.labels ?? {}), ...(declared ? ["job"] : [])];
  const all = new Map(labels.map((label) => [label, listedSet(metric, label, index) ?? recorded.get(label)]));
  return { all, known: new Map([...all].flatMap(([label, values]) => (values ? [[label, values] as const] : []))) };
}

function listedSet(series: string, label: string, index: ModelIndex): ReadonlySet<string> | undefined {
  const listed = listedValues(series, label, index);
  return listed && setOf(listed);
}

const setOf = once((values: readonly string[]): ReadonlySet<string> => new Set(values));

/** The only values that a matcher lets through, where they are few. */
function namedBy(matchers: readonly Matcher[]): ReadonlySet<string> | undefined {
  for (const matcher of matchers) {
    const values = matchedValues(matcher);
    if (values) return new Set(values);
  }
  return undefined;
}

const unasked: HeldMatchers = new Map();

function matchersByLabel({ matchers }: Selector): HeldMatchers {
  if (matchers.length === 0) return unasked;
  const byLabel = new Map<string, readonly Matcher[]>();
  for (const matcher of matchers) byLabel.set(matcher.label, [...(byLabel.get(matcher.label) ?? []), matcher]);
  return byLabel;
}
