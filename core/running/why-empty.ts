import { describeMatcher } from "../model/alerting";
import { matcherAccepts } from "../model/promql/regex";
import { parsePromql, type Matcher, type Selector } from "../model/promql-syntax";
import type { Declared } from "./declared";
import { emptyBecause } from "./empty-because";
import type { RunningPrometheus, SeenSeries } from "./running";
import { slipOf } from "./slip";
import { dataOr } from "./told";

/** What is declared, and what a Prometheus has. */
export interface Context {
  readonly declared: Declared;
  readonly prometheus: RunningPrometheus;
  readonly names: ReadonlySet<string>;
}

/** Why a selector selects nothing; certain where nothing that may still come would change it. */
export interface Reason {
  readonly words: string;
  readonly isCertain: boolean;
  /** Whether the cause is a rule that is not loaded, of which another finding tells. */
  readonly isOfRule?: true;
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
  return { words: `no series of ${metric} has ${written} at once. Has that happened yet?`, isCertain: false };
}

function absence(metric: string, context: Context, through: readonly string[]): Reason | undefined {
  const { declared, prometheus } = context;
  const rule = declared.rules.find(({ kind, name }) => kind === "record" && name === metric);
  if (rule && !through.includes(metric)) {
    const loaded = dataOr(prometheus.rules, undefined);
    if (loaded && !loaded.some(({ kind, name }) => kind === "record" && name === metric))
      return { words: `it reads ${metric}, whose recording rule is not loaded.`, isCertain: true, isOfRule: true };
    const [selector] = emptySelectors(rule.expr, context);
    if (selector) {
      const reason = reasonOf(selector, context, [...through, metric]);
      return reason && { ...reason, words: `it reads ${metric}, which records nothing: ${reason.words}` };
    }
    return {
      words: `it reads ${metric}, which was not recorded in the last hour. Does its rule have a result?`,
      isCertain: false,
    };
  }
  // The catalog's own line tells of a metric that is declared, and names the alerts that wait for it.
  if (declared.metrics.some(({ series }) => series.includes(metric))) return undefined;
  const near = slipOf(
    metric,
    prometheus.otherNames.filter((name) => name.slice(0, 3) === metric.slice(0, 3)),
  );
  if (near !== undefined)
    return { words: `there was no series "${metric}" in the last hour, but "${near}". Did you mean "${near}"?`, isCertain: true };
  const settle = metric.includes(":")
    ? "No recording rule that is known makes it."
    : "Is what exports it scraped by this Prometheus? It may not have been counted yet, too.";
  return { words: `there was no series "${metric}" in the last hour. ${settle}`, isCertain: false };
}

const mostListed = 6;

/** kube-state-metrics makes a label of each label and annotation that some object has. */
function isMadeOfObjects(label: string): boolean {
  return label.startsWith("label_") || label.startsWith("annotation_");
}

function ofMatcher(matcher: Matcher, { metric }: Selector, { labels }: SeenSeries, { declared }: Context): Reason {
  const { label, value, op } = matcher;
  if (!labels.has(label)) {
    const known = [...labels.keys()].filter((name) => name !== "__name__");
    const near = slipOf(label, known);
    const hint = near === undefined ? ` They have ${known.join(", ")}.` : ` Did you mean "${near}"?`;
    const isDeclared = declared.metrics.some(({ series, labels: own = {} }) => series.includes(metric) && label in own);
    return {
      words: `no series of ${metric} has the label "${label}".${hint}`,
      isCertain: near !== undefined || !(isDeclared || isMadeOfObjects(label)),
    };
  }
  const values = labels.get(label) ?? [];
  const listedByCatalog = declared.metrics.flatMap(({ series, labels: own = {} }) => {
    const known = series.includes(metric) ? own[label] : undefined;
    return known === undefined || "atMost" in known ? [] : known;
  });
  const near =
    op === "="
      ? slipOf(
          value,
          values.filter((one) => !listedByCatalog.includes(one)),
        )
      : undefined;
  if (near !== undefined)
    return { words: `no series of ${metric} has ${describeMatcher(matcher)}. Did you mean "${near}"?`, isCertain: true };
  const listed = values
    .slice(0, mostListed)
    .map((one) => `"${one}"`)
    .join(", ");
  const more = values.length > mostListed ? `, and ${values.length - mostListed} more` : "";
  return {
    words: `no series of ${metric} had ${describeMatcher(matcher)} in the last hour; ${label} was ${listed}${more}. Has that happened yet?`,
    isCertain: false,
  };
}
