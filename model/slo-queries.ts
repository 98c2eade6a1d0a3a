import type { Duration } from "./duration";
import { bucketLabel } from "./example";
import { promql, queryOf, withWindow, type Query } from "./query";
import { recordingRule, type RecordingRule } from "./recording-rule";
import { burnRates, errorBudget, type LatencySlo, type Slo } from "./slo";

/** The windows over which the share of bad events is recorded: those of the burn rates. */
const windows: readonly Duration[] = [...new Set(burnRates.flatMap(({ short, long }) => [short, long]))];

/** Everything that Prometheus records for an objective. */
export function sloRecordings(slo: Slo): readonly RecordingRule[] {
  return [...windows.map((window) => errorRatio(slo, window)), budgetLeft(slo)];
}

/** The recorded share of bad events within one of the burn rates' windows. */
export function errorRatio(slo: Slo, window: Duration): RecordingRule {
  return recordingRule(`slo:${snake(slo.id)}:error_ratio_rate${window}`, {
    query: errorRatioQuery(slo, window),
    purpose: `The share of bad events of the objective "${slo.title}": read by its burn-rate alerts.`,
    group: sloGroup(slo),
  });
}

/** The recorded share of the 30 days' error budget that is left: 1 untouched, 0 spent, negative overspent. */
export function budgetLeft(slo: Slo): RecordingRule {
  return recordingRule(`slo:${snake(slo.id)}:error_budget_left_30d`, {
    // The mean of the recorded ratio, because a rate over 30 days would read every raw sample at every evaluation.
    query: promql`1 - avg_over_time(${errorRatio(slo, "5m")}[30d]) / ${errorBudget(slo)}`,
    purpose: `What is left of the error budget of "${slo.title}": read by the dashboards.`,
    group: sloGroup(slo),
  });
}

/** The rule group of an objective: its alerts read what was recorded in the same evaluation. */
export function sloGroup(slo: Slo): string {
  return `slo-${slo.id}`;
}

/** The rate of all events that an objective counts, over a window. */
export function eventRate(slo: Slo, window: Duration): Query {
  if (slo.type === "ratio") return withWindow(slo.total, window);
  return rate(slo, selector(slo.histogram.count.name, slo), window);
}

/** The burn rate over a window: 1 spends exactly the budget. */
export function burnRate(slo: Slo, window: Duration): Query {
  return promql`${errorRatio(slo, window)} / ${errorBudget(slo)}`;
}

/**
 * The share of bad events: nothing where there are no events, rather than 0/0; and all of them where a
 * series of good events does not exist yet.
 */
function errorRatioQuery(slo: Slo, window: Duration): Query {
  const total = eventRate(slo, window);
  const good =
    slo.type === "ratio" ? withWindow(slo.good, window) : rate(slo, selector(slo.histogram.bucket.name, slo, true), window);
  return promql`1 - (${good} or 0 * ${total}) / (${total} > 0)`;
}

function rate(slo: LatencySlo, series: string, window: Duration): Query {
  const by = slo.by ? ` by (${slo.by.join(", ")})` : "";
  return queryOf(`sum${by} (rate(${series}[${window}]))`);
}

/** Before version 3, Prometheus kept `le="1"` as the service wrote it; now it stores `le="1.0"`. Both are matched. */
function selector(name: string, { matchers = {}, thresholdSeconds: bound }: LatencySlo, bucket = false): string {
  const le = Number.isInteger(bound) ? `le=~"${bound}|${bound}\\\\.0"` : `le="${bucketLabel(bound)}"`;
  const all = [...Object.entries(matchers).map(([label, value]) => `${label}=${JSON.stringify(value)}`), ...(bucket ? [le] : [])];
  return all.length === 0 ? name : `${name}{${all.join(", ")}}`;
}

function snake(id: string): string {
  return id.replaceAll("-", "_");
}
