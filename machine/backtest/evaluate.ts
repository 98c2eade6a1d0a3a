import { namesReadBy, recordingsBehind, type Plan, type PlannedRule } from "../../core/replay/plan";
import { hasTwins, type Conditions, type Evaluations, type Result } from "../../core/replay/states";
import type { Window } from "../../core/replay/history";
import type { EvaluatedRule } from "../../core/model/rule-set";
import type { Sample, StoredSeries } from "../../core/simulate/stored-series";
import type { CannotTell } from "../system/read-reply";
import type { LocalEngine } from "./local-engine";

/** When rules are evaluated. */
export interface Schedule extends Window {
  /** From when on the server has anything. */
  readonly dataFrom: number;
  /** How often groups are evaluated that do not say it. */
  readonly everySeconds: number;
  /** Whether the server was down, so that it evaluated nothing. */
  readonly isDown: (second: number) => boolean;
}

/** Recordings whose evaluation failed, as JSON, and why. */
export type Failed = ReadonlyMap<string, string>;

/** Evaluates recordings, in their order, and stores them. */
export async function evaluateRecordings(
  engine: LocalEngine,
  recordings: Plan["recordings"],
  schedule: Schedule,
): Promise<Failed> {
  const failed = new Map<string, string>();
  for (const planned of recordings) {
    const { rule } = planned;
    const results = await resultsOf(engine, planned, schedule);
    const stored = "cannotTell" in results ? results : storedAs(rule, results, evaluationsOf(planned, schedule));
    if ("cannotTell" in stored) failed.set(JSON.stringify(rule), stored.cannotTell);
    else await engine.write(stored);
  }
  return failed;
}

/** The conditions of alerts, each with its interval, and those of which nothing can be told. */
export interface Evaluated {
  readonly conditions: readonly (Conditions & { readonly everySeconds: number })[];
  readonly unplayable: Plan["unplayable"];
}

/** What was not read, or not recorded. */
export interface Missing {
  readonly failed: Failed;
  /** The names of metrics that have native histograms. */
  readonly histograms: ReadonlySet<string>;
}

/** Evaluates the conditions of a plan's alerts. */
export async function evaluateAlerts(
  engine: LocalEngine,
  plan: Plan,
  { failed, histograms }: Missing,
  schedule: Schedule,
): Promise<Evaluated> {
  const conditions: (Conditions & { everySeconds: number })[] = [];
  const unplayable = [...plan.unplayable];
  for (const planned of plan.alerts) {
    const { rule } = planned;
    const behind = recordingsBehind(rule, plan);
    const broken = [...behind].find((recording) => failed.has(JSON.stringify(recording)));
    const histogram = [...namesReadBy([rule, ...behind])].find((name) => histograms.has(name));
    const results: readonly Result[] | CannotTell =
      histogram !== undefined
        ? { cannotTell: `reads ${histogram}, which has native histograms` }
        : broken
          ? { cannotTell: `reads ${broken.name}, whose evaluation fails: ${failed.get(JSON.stringify(broken)) ?? ""}` }
          : await resultsOf(engine, planned, schedule);
    if ("cannotTell" in results) unplayable.push({ rule, why: results.cannotTell });
    else if (hasTwins(results)) unplayable.push({ rule, why: "fails in evaluation: two of its results have the same labels" });
    else conditions.push({ rule, results, everySeconds: rule.everySeconds ?? schedule.everySeconds });
  }
  return { conditions, unplayable };
}

/** Prometheus evaluates at times of its own, so far apart; here they are multiples of the interval. */
export function evaluationsOf(
  { rule, reachSeconds }: PlannedRule,
  { from, until, dataFrom, everySeconds }: Schedule,
): Evaluations {
  const every = rule.everySeconds ?? everySeconds;
  const first = Math.max(from - reachSeconds, dataFrom);
  return { from: Math.ceil(first / every) * every, until: Math.floor(until / every) * every, everySeconds: every };
}

/** An alert's results stand at the time of their evaluation, a recording's at the time that was looked at. */
async function resultsOf(engine: LocalEngine, planned: PlannedRule, schedule: Schedule): Promise<readonly Result[] | CannotTell> {
  const { from, until, everySeconds } = evaluationsOf(planned, schedule);
  const { expr, offsetSeconds, kind } = planned.rule;
  const looked = { from: from - offsetSeconds, until: until - offsetSeconds, everySeconds };
  const results = await engine.evaluate(expr, looked);
  if ("cannotTell" in results) return { cannotTell: `fails in evaluation: ${results.cannotTell}` };
  const shift = kind === "alert" ? offsetSeconds : 0;
  return results.map(({ labels, samples }) => ({
    labels,
    samples: samples
      .filter(([second]) => !schedule.isDown(second + offsetSeconds))
      .map(([second, value]) => [second + shift, value] as const),
  }));
}

/** As Prometheus stores a recording: where it has no value any more, it ends. */
function storedAs(
  { name, labels: set }: EvaluatedRule,
  results: readonly Result[],
  { everySeconds }: Evaluations,
): readonly StoredSeries[] | CannotTell {
  const relabelled = results.map(({ labels: { __name__: _, ...labels }, samples }) => {
    const kept = Object.entries({ ...labels, ...set }).filter(([, value]) => value !== "");
    return { labels: Object.fromEntries(kept), samples };
  });
  if (hasTwins(relabelled)) return { cannotTell: "two of its results have the same labels" };
  return relabelled.map(({ labels, samples }) => ({ name, labels, samples: withEnds(samples, everySeconds) }));
}

function withEnds(samples: Result["samples"], everySeconds: number): readonly Sample[] {
  return samples.flatMap(([second, value], index): readonly Sample[] => {
    const next = samples[index + 1]?.[0];
    const isLast = next === undefined || next - second > everySeconds * 1.5;
    return isLast
      ? [
          [second, value],
          [second + everySeconds, "stale"],
        ]
      : [[second, value]];
  });
}
