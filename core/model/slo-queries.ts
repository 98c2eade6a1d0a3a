import type { Duration } from "./duration";
import { toSeconds } from "./duration";
import { writtenForms } from "./float";
import type { Histogram } from "./metric";
import { promql, queryOf, where, withWindow, type Query } from "./query";
import { recordingRule, type RecordedName, type RecordingRule } from "./recording-rule";
import { burnRates, errorBudget, sloWindow, type LatencySlo, type Slo } from "./slo";

/** How often the rules of an objective are evaluated: what they record is read back over up to 30 days. */
export const sloInterval: Duration = "1m";

/** The window of what is recorded for an objective; every longer window is summed up from it. */
const recorded: Duration = "5m";

/** The windows over which the share of bad events is recorded: those of the burn rates. */
const windows: readonly Duration[] = [...new Set(burnRates.flatMap(({ short, long }) => [short, long]))];

/** What an objective's rules record, by the ends of their names. */
const totalName = `events_rate${recorded}`;
const badName = `bad_events_rate${recorded}`;
const budgetName = `error_budget_left_${sloWindow}`;
const ratioName = (window: Duration): string => `error_ratio_rate${window}`;

/** Everything that Prometheus records for an objective. */
export function sloRecordings(slo: Slo): readonly RecordingRule[] {
  return [
    recording(slo, totalName, slo.type === "ratio" ? withWindow(slo.total, recorded) : observed(slo)),
    recording(slo, badName, bad(slo)),
    ...windows.map((window) => recording(slo, ratioName(window), ratioWithin(slo, window))),
    recording(slo, budgetName, promql`1 - ${ratioWithin(slo, sloWindow)} / ${errorBudget(slo)}`),
  ];
}

/** The names of {@link sloRecordings}. */
export function sloRecordingNames(slo: Slo): readonly string[] {
  return [totalName, badName, ...windows.map(ratioName), budgetName].map((end) => named(slo, end).name);
}

/** The recorded share of the 30 days' error budget that is left: 1 untouched, 0 spent, negative overspent. */
export function budgetLeft(slo: Slo): RecordedName {
  return named(slo, budgetName);
}

/** The rule group of an objective: its alerts read what was recorded in the same evaluation. */
export function sloGroup(slo: Slo): string {
  return `slo-${slo.id}`;
}

/** How many bad events there were within a window. */
export function badEvents(slo: Slo, window: Duration): Query {
  return promql`${toSeconds(sloInterval)} * sum_over_time(${named(slo, badName)}[${window}])`;
}

/** The burn rate over one of the burn rates' windows: 1 spends exactly the budget. */
export function burnRate(slo: Slo, window: Duration): Query {
  return promql`${named(slo, ratioName(window))} / ${errorBudget(slo)}`;
}

/**
 * A ratio of sums, not a mean of ratios, in which a quiet night would weigh as much as a busy day. Nothing where
 * there are no events, rather than 0/0.
 */
function ratioWithin(slo: Slo, window: Duration): Query {
  const [total, badOnes] = [named(slo, totalName), named(slo, badName)];
  if (window === recorded) return promql`${badOnes} / (${total} > 0)`;
  return promql`sum_over_time(${badOnes}[${window}]) / (sum_over_time(${total}[${window}]) > 0)`;
}

/** Where a series of good events does not exist yet, all of them are bad. */
function bad(slo: Slo): Query {
  const good = slo.type === "ratio" ? withWindow(slo.good, recorded) : inTime(slo);
  const total = named(slo, totalName);
  return promql`${total} - (${good} or 0 * ${total})`;
}

function named(slo: Slo, end: string): RecordedName {
  return { type: "recording-rule", name: `slo:${slo.id.replaceAll("-", "_")}:${end}` };
}

function recording(slo: Slo, end: string, query: Query): RecordingRule {
  return recordingRule(named(slo, end).name, { query, group: sloGroup(slo) });
}

function observed(slo: LatencySlo): Query {
  const { histogram, matchers = {} } = slo;
  if (histogram.type === "histogram") return rate(slo, where(histogram.count, matchers));
  return promql`histogram_count(${rate(slo, where(histogram, matchers))})`;
}

/** Of no events at all, a native histogram's share is NaN, which would make 30 days of sums NaN: there it has none. */
function inTime(slo: LatencySlo): Query {
  const { histogram, matchers = {}, thresholdSeconds } = slo;
  if (histogram.type === "histogram") return rate(slo, bucketOf(histogram, slo));
  const rates = rate(slo, where(histogram, matchers));
  return promql`histogram_fraction(0, ${thresholdSeconds}, ${rates}) * (histogram_count(${rates}) > 0)`;
}

function rate(slo: LatencySlo, series: Query): Query {
  const by = slo.by ? ` by (${slo.by.join(", ")})` : "";
  return queryOf(`sum${by} (rate(${series.expr}[${recorded}]))`);
}

/** Before version 3, Prometheus kept `le="1"` as the service wrote it; now it stores `le="1.0"`. All forms are matched. */
function bucketOf(histogram: Histogram, { matchers = {}, thresholdSeconds: bound }: LatencySlo): Query {
  const forms = writtenForms(bound);
  const le = forms.length === 1 ? `le="${bound}"` : `le=~"${forms.map((form) => form.replace(/[.+]/g, "\\\\$&")).join("|")}"`;
  const { expr } = where(histogram.bucket, matchers);
  return queryOf(expr.endsWith("}") ? expr.replace(/}$/, `,${le}}`) : `${expr}{${le}}`);
}
