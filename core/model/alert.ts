import type { Duration } from "./duration";
import type { Example } from "./example";
import type { Accepts } from "./finding";
import { once } from "./once";
import type { Panel, PanelQuery } from "./panel";
import { outputLabels, type LabelsOf } from "./promql-labels";
import { needsParentheses, parsePromql } from "./promql-syntax";
import { queryOf, withWindow, type Query } from "./query";
import type { RunbookSection } from "./runbook";
import type { Slo } from "./slo";
import { templateLabels } from "./template/labels";
import { formatValue } from "./unit";

/** `page`: users are hit now; `warning`: degraded but contained; `info`: shown on dashboards only. The gravest first. */
export const severities = ["page", "warning", "info"] as const;

/** One of {@link severities}, of which people are told. */
export type Severity = (typeof severities)[number];

/** When an alert fires: its panel's query beyond a number in the panel's unit, or an expression of its own. */
export type Condition =
  | { readonly above: number }
  | { readonly below: number }
  | {
      /** For what a threshold cannot say. It shares a metric with the panel. */
      readonly expression: Query;
      /** The expression in words, as the panel's description prints it after "fires when". */
      readonly trigger: string;
    };

/** Labels that the program sets on every alert: no other can set them, and no series may bring them along. */
export const ruleLabels: readonly string[] = ["alertname", "severity", "service", "namespace"];

/** An alerting rule: a threshold on a panel. */
export interface Alert<Q extends string = string> {
  readonly name: string;
  readonly panel: Panel<Q>;
  /** Which of the panel's queries. The only one when left out. */
  readonly query?: NoInfer<Q>;
  readonly when: Condition;
  /** How long the condition must hold; Prometheus' `for`. */
  readonly for: Duration;
  /**
   * How long it goes on firing after the condition has ended; Prometheus' `keep_firing_for`, of 2.42 and newer. What
   * explains other alerts must outlive them, and what flaps must not page at each turn. Not at all when left out.
   */
  readonly keepFiringFor?: Duration;
  /** The window that stands for `$__rate_interval`. 5m when left out. */
  readonly window?: Duration;
  /** A further query that must have a result, such as "and there is traffic". */
  readonly guard?: Query;
  /** `none` says only that alerting works: it always fires, and nobody but the watchdog is told. */
  readonly severity: Severity | "none";
  /** The rule group that it shares with what it reads. That of its dashboard row when left out. */
  readonly group?: string;
  /** Labels beside those that every alert gets. */
  readonly labels?: Readonly<Record<string, string>>;
  /** One line for the page, with `{{ $labels.x }}` where a label names the culprit. */
  readonly summary: string;
  /** What users notice. */
  readonly impact: string;
  readonly runbook: RunbookSection;
  /** The objective on the same thing: while its budget burns, the threshold has nothing to add. */
  readonly objective?: Slo;
  /** The alert on a threshold of the same panel that it passes on its way: while this one fires, that one has nothing to add. */
  readonly milder?: string;
  readonly examples: readonly Example[];
  readonly accepts?: Accepts;
  /** As it was declared, where an environment overrides it: what the runbooks say of it. */
  readonly declared?: Alert;
}

/** The number at which the alert's line is drawn, if it has one. */
export function thresholdOf({ when }: Alert): number | undefined {
  if ("above" in when) return when.above;
  return "below" in when ? when.below : undefined;
}

/** The query of its panel that the alert watches, or undefined where it names none that exists. */
export function watchedQuery(alert: Alert): PanelQuery | undefined {
  const queries = Object.entries(alert.panel.queries);
  if (alert.query === undefined) return queries.length === 1 ? queries[0]?.[1] : undefined;
  return queries.find(([id]) => id === alert.query)?.[1];
}

/**
 * The expression that Prometheus evaluates: what is drawn, and its threshold.
 * @param constant labels that have one value wherever they stand, so that nothing is matched by them.
 */
export function alertQuery(alert: Alert, labelsOf: LabelsOf, constant: readonly string[] = []): Query {
  return constant.length === 0 ? queriesWith(labelsOf)(alert) : queryNow(alert, labelsOf, constant);
}

const queriesWith = once((labelsOf: LabelsOf) => once((alert: Alert) => queryNow(alert, labelsOf, [])));

function queryNow(alert: Alert, labelsOf: LabelsOf, constant: readonly string[]): Query {
  const { when } = alert;
  if ("expression" in when) return fixWindow(when.expression, alert);
  const watched = watchedQuery(alert);
  if (!watched) return queryOf("");
  const comparison = "above" in when ? `> ${when.above}` : `< ${when.below}`;
  const compared = `${isolate(watched.query.expr)} ${comparison}`;
  const guarded = alert.guard
    ? `${compared} ${matching(alert.guard, labelsOf, constant)} ${isolate(alert.guard.expr)}`
    : compared;
  return fixWindow(queryOf(guarded), alert);
}

/** The labels that an alert's annotations print, however their templates spell them. */
export function printedLabels(alert: Alert): readonly string[] {
  return [...new Set(annotationsOf(alert).flatMap(templateLabels))];
}

/** The texts of an alert that Prometheus expands. */
export function templatesOf(alert: Alert): readonly string[] {
  return [...annotationsOf(alert), ...Object.values(alert.labels ?? {})];
}

function annotationsOf({ summary, impact, when }: Alert): readonly string[] {
  return [summary, impact, ...("expression" in when ? [when.trigger] : [])];
}

/** "it is above 100 for 5m", as descriptions print it after "fires when". */
export function describeCondition(alert: Alert): string {
  const { when } = alert;
  const held = alert.for === "0m" || alert.for === "0s" ? "" : ` for ${alert.for}`;
  if ("expression" in when) return `${when.trigger}${held}`;
  const unit = alert.panel.unit;
  const limit = "above" in when ? `above ${formatValue(when.above, unit)}` : `below ${formatValue(when.below, unit)}`;
  return `${alert.query ?? "it"} is ${limit}${held}`;
}

function fixWindow(query: Query, alert: Alert): Query {
  return withWindow(query, alert.window ?? "5m");
}

/** A guard matches on the labels that it has, so that a guard without labels covers every series. */
function matching(guard: Query, labelsOf: LabelsOf, constant: readonly string[]): string {
  const tree = parsePromql(guard.expr);
  const labels = tree && outputLabels(tree, labelsOf);
  return labels ? `and on (${[...labels].filter((label) => !constant.includes(label)).join(", ")})` : "and";
}

function isolate(expr: string): string {
  return needsParentheses(expr) ? `(${expr})` : expr;
}
