import type { ModelIndex } from "./model";
import { formatFloat } from "./float";
import { once } from "./once";
import { carriedBy, type ByLabel } from "./promql-carried";
import { parsePromql, type Expr, type Matcher, type Selector } from "./promql-syntax";
import { matchedValues } from "./promql/matched-values";
import { matcherAccepts } from "./promql/regex";

/** The values that labels can have in a result, where they are known; a label that is not here can have any. */
export type KnownValues = ByLabel<ReadonlySet<string>>;

/** The values that the labels of an expression's results can have: those that catalogs list, less those that matchers exclude. */
export function knownValues(expr: Expr, index: ModelIndex, seen: readonly string[] = []): KnownValues {
  return carriedBy<ReadonlySet<string>>(
    expr,
    {
      ofSelector: (selector) => selectedValues(selector, index, seen),
      either: (left, right) => new Set([...left, ...right]),
    },
    index,
  );
}

/** The matchers that the labels of all of an expression's results satisfy. */
export function heldMatchers(expr: Expr, index: ModelIndex): ByLabel<readonly Matcher[]> {
  return carriedBy<readonly Matcher[]>(expr, { ofSelector: matchersByLabel, either: () => undefined }, index);
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
  const rule = index.series.get(metric)?.rule;
  const tree = rule && !seen.includes(metric) ? parsePromql(rule.query.expr) : undefined;
  const recorded: KnownValues = tree ? knownValues(tree, index, [...seen, metric]) : new Map();
  const labels = new Set([
    ...recorded.keys(),
    ...Object.keys(index.series.get(metric)?.metric?.labels ?? {}),
    ...matchers.map(({ label }) => label),
  ]);
  return new Map(
    [...labels].flatMap((label) => {
      const own = matchers.filter((matcher) => matcher.label === label);
      const [named] = own.flatMap((matcher) => {
        const values = matchedValues(matcher);
        return values ? [values] : [];
      });
      const listed = listedValues(metric, label, index) ?? recorded.get(label) ?? named;
      if (!listed) return [];
      return [[label, new Set([...listed].filter((value) => own.every((matcher) => matcherAccepts(matcher, value))))]];
    }),
  );
}

function matchersByLabel({ matchers }: Selector): ByLabel<readonly Matcher[]> {
  const labels = new Set(matchers.map(({ label }) => label));
  return new Map([...labels].map((label) => [label, matchers.filter((matcher) => matcher.label === label)]));
}
