import { describeMatcher } from "../model/alerting";
import { matcherAccepts } from "../model/promql/regex";
import { parsePromql, type Matcher, type Selector } from "../model/promql-syntax";
import type { Declared, DeclaredMetric, DeclaredRule } from "./declared";
import { emptyBecause } from "./empty-because";
import type { Running, RunningPrometheus, SeenSeries } from "./running";
import { slipOf } from "./slip";
import { dataOr } from "./told";

/** What is declared, and what a Prometheus has, by names. */
export interface Context {
  readonly prometheus: RunningPrometheus;
  readonly names: ReadonlySet<string>;
  readonly metrics: ReadonlyMap<string, DeclaredMetric>;
  readonly records: ReadonlyMap<string, DeclaredRule>;
  /** Undefined where the rules could not be told. */
  readonly loadedRecords?: ReadonlySet<string>;
}

/** Undefined where it is not known which series there are. */
export function contextOf({ metrics, rules }: Declared, { prometheus }: Running): Context | undefined {
  const names = dataOr(prometheus?.names, undefined);
  if (!prometheus || !names) return undefined;
  const loaded = dataOr(prometheus.rules, undefined);
  return {
    prometheus,
    names,
    metrics: new Map(metrics.flatMap((metric) => metric.series.map((name) => [name, metric] as const))),
    records: new Map(rules.flatMap((rule) => (rule.kind === "record" ? [[rule.name, rule] as const] : []))),
    ...(loaded && { loadedRecords: new Set(loaded.flatMap(({ kind, name }) => (kind === "record" ? [name] : []))) }),
  };
}

/** Why a selector selects nothing. */
export interface Reason {
  readonly words: string;
  /**
   * `wrong`: nothing that may still come would change it. `rule`: so too, and the cause is a rule that is not loaded.
   * `awaited`: the catalog allows it, and it did not happen yet; the words are the selector. `open`: who knows.
   */
  readonly kind: "wrong" | "rule" | "awaited" | "open";
}

/** Why a query has no result as things are; nothing where it may have one, or where another check tells. */
export function reasonsOf(expr: string, context: Context): readonly Reason[] {
  return emptySelectors(expr, context).flatMap((selector) => reasonOf(selector, context, []) ?? []);
}

function emptySelectors(expr: string, context: Context): readonly Selector[] {
  const tree = parsePromql(expr);
  return tree ? emptyBecause(tree, (selector) => isThere(selector, context)) : [];
}

function isThere({ metric, matchers }: Selector, { prometheus, names }: Context): boolean {
  if (metric === "") return true; // of whatever name: not asked
  if (!names.has(metric)) return false;
  const seen = dataOr(prometheus.series.get(metric), undefined);
  if (!seen || seen.labels.size === 0) return true;
  if (seen.each)
    return seen.each.some((labels) => matchers.every((matcher) => matcherAccepts(matcher, labels[matcher.label] ?? "")));
  return matchers.every((matcher) => mayMatch(matcher, seen));
}

function mayMatch(matcher: Matcher, { labels }: SeenSeries): boolean {
  if (!labels.has(matcher.label)) return matcherAccepts(matcher, "");
  const values = labels.get(matcher.label);
  return !values || matcherAccepts(matcher, "") || values.some((value) => matcherAccepts(matcher, value));
}

function reasonOf(selector: Selector, context: Context, through: readonly string[]): Reason | undefined {
  const { metric, matchers } = selector;
  if (!context.names.has(metric)) return absence(metric, context, through);
  const seen = dataOr(context.prometheus.series.get(metric), undefined);
  if (!seen) return undefined;
  const alone = matchers.filter((matcher) => !mayMatch(matcher, seen));
  const [first] = alone;
  if (first) return ofMatcher(first, selector, seen, context);
  const written = matchers.map(describeMatcher).join(", ");
  if (matchers.every((matcher) => isAllowed(matcher, metric, context)))
    return { words: `${metric}{${written}}`, kind: "awaited" };
  return { words: `no series of ${metric} has ${written} at once. Has that happened yet?`, kind: "open" };
}

function absence(metric: string, context: Context, through: readonly string[]): Reason | undefined {
  const { metrics, records, loadedRecords, prometheus } = context;
  const rule = records.get(metric);
  if (rule && !through.includes(metric)) {
    if (loadedRecords?.has(metric) === false)
      return { words: `it reads ${metric}, whose recording rule is not loaded.`, kind: "rule" };
    const [selector] = emptySelectors(rule.expr, context);
    if (selector) {
      const reason = reasonOf(selector, context, [...through, metric]);
      if (!reason || reason.kind === "awaited") return reason;
      return { ...reason, words: `it reads ${metric}, which records nothing: ${reason.words}` };
    }
    return {
      words: `it reads ${metric}, which was not recorded in the last hour. Does its rule have a result?`,
      kind: "open",
    };
  }
  // The catalog's own line tells of a metric that is declared, and names the alerts that wait for it.
  if (metrics.has(metric)) return undefined;
  const near = slipOf(metric, prometheus.otherNames, (name) => name.slice(0, 3) === metric.slice(0, 3));
  if (near !== undefined)
    return { words: `there was no series "${metric}" in the last hour, but "${near}". Did you mean "${near}"?`, kind: "wrong" };
  const settle = metric.includes(":")
    ? "No recording rule that is known makes it."
    : "Is what exports it scraped by this Prometheus? It may not have been counted yet, too.";
  return { words: `there was no series "${metric}" in the last hour. ${settle}`, kind: "open" };
}

const mostListed = 6;

/** kube-state-metrics makes a label of each label and annotation that some object has. */
function isMadeOfObjects(label: string): boolean {
  return label.startsWith("label_") || label.startsWith("annotation_");
}

/** Whether the catalog says that the label can have such a value: it lists one, or keeps no list. */
function isAllowed(matcher: Matcher, metric: string, { metrics }: Context): boolean {
  const known = metrics.get(metric)?.labels?.[matcher.label];
  return known !== undefined && ("atMost" in known || known.some((value) => matcherAccepts(matcher, value)));
}

function ofMatcher(matcher: Matcher, { metric }: Selector, { labels }: SeenSeries, context: Context): Reason {
  const { label, value, op } = matcher;
  const declared = context.metrics.get(metric)?.labels?.[label];
  if (!labels.has(label)) {
    const known = [...labels.keys()].filter((name) => name !== "__name__");
    const near = slipOf(label, known);
    const hint = near === undefined ? ` They have ${known.join(", ")}.` : ` Did you mean "${near}"?`;
    return {
      words: `no series of ${metric} has the label "${label}".${hint}`,
      kind: near === undefined && (declared !== undefined || isMadeOfObjects(label)) ? "open" : "wrong",
    };
  }
  const values = labels.get(label) ?? [];
  const listed = declared === undefined || "atMost" in declared ? [] : declared;
  const near = op === "=" ? slipOf(value, values, (one) => !listed.includes(one)) : undefined;
  if (near !== undefined)
    return { words: `no series of ${metric} has ${describeMatcher(matcher)}. Did you mean "${near}"?`, kind: "wrong" };
  if (isAllowed(matcher, metric, context)) return { words: `${metric}{${describeMatcher(matcher)}}`, kind: "awaited" };
  const seen = values
    .slice(0, mostListed)
    .map((one) => `"${one}"`)
    .join(", ");
  const more = values.length > mostListed ? `, and ${values.length - mostListed} more` : "";
  return {
    words: `no series of ${metric} had ${describeMatcher(matcher)} in the last hour; ${label} was ${seen}${more}. Has that happened yet?`,
    kind: "open",
  };
}
