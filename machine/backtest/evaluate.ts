import { namesReadBy, recordingsBehind, type Plan, type PlannedRule } from "../../core/replay/plan";
import { hasTwins, type Conditions, type Evaluations, type Result } from "../../core/replay/states";
import type { Window } from "../../core/replay/history";
import type { EvaluatedRule } from "../../core/model/rule-set";
import type { Sample } from "../../core/simulate/stored-series";
import type { CannotTell } from "../system/read-reply";
import { seriesKey } from "./bounded-server";
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
    const failure = await record(engine, planned, schedule);
    if (failure) failed.set(JSON.stringify(planned.rule), failure.cannotTell);
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

async function resultsOf(engine: LocalEngine, planned: PlannedRule, schedule: Schedule): Promise<readonly Result[] | CannotTell> {
  const { expr, offsetSeconds } = planned.rule;
  const results = await engine.evaluate(expr, lookedAt(planned, schedule));
  if ("cannotTell" in results) return results;
  return results.map(({ labels, samples }) => ({
    labels,
    samples: samples
      .map(([second, value]) => [second + offsetSeconds, value] as const)
      .filter(([second]) => !schedule.isDown(second)),
  }));
}

/** The times that the evaluations look at: a group may look into the past. */
function lookedAt(planned: PlannedRule, schedule: Schedule): Evaluations {
  const { from, until, everySeconds } = evaluationsOf(planned, schedule);
  const { offsetSeconds } = planned.rule;
  return { from: from - offsetSeconds, until: until - offsetSeconds, everySeconds };
}

/** As Prometheus stores a recording: at the time that was looked at, and where it has no value any more, it ends. */
async function record(engine: LocalEngine, planned: PlannedRule, schedule: Schedule): Promise<CannotTell | undefined> {
  const { rule } = planned;
  const evaluations = lookedAt(planned, schedule);
  const { everySeconds } = evaluations;
  const open = new Map<string, { readonly labels: Result["labels"]; last: number }>();
  return engine.evaluateInParts(rule.expr, evaluations, async (results, end) => {
    const relabelled = results.map((result) => relabel(result, rule));
    if (hasTwins(relabelled)) return { cannotTell: "fails in evaluation: two of its results have the same labels" };
    const stored = new Map<string, { readonly labels: Result["labels"]; readonly samples: Sample[] }>();
    const store = (labels: Result["labels"], sample: Sample): void => {
      const key = seriesKey(labels);
      const known = stored.get(key) ?? { labels, samples: [] };
      stored.set(key, known);
      known.samples.push(sample);
    };
    for (const { labels, samples } of relabelled) {
      const key = seriesKey(labels);
      for (const [second, value] of samples) {
        if (schedule.isDown(second + rule.offsetSeconds)) continue;
        const before = open.get(key)?.last ?? Infinity;
        if (second - before > everySeconds * 1.5) store(labels, [before + everySeconds, "stale"]);
        store(labels, [second, value]);
        open.set(key, { labels, last: second });
      }
    }
    for (const [key, { labels, last }] of open) {
      if (end - last < everySeconds / 2) continue; // the next part tells whether it goes on
      store(labels, [last + everySeconds, "stale"]);
      open.delete(key);
    }
    const { name } = rule;
    await engine.write([...stored.values()].map(({ labels, samples }) => ({ name, labels, samples })));
    return undefined;
  });
}

function relabel({ labels: { __name__: _, ...labels }, samples }: Result, { labels: set }: EvaluatedRule): Result {
  const kept = Object.entries({ ...labels, ...set }).filter(([, value]) => value !== "");
  return { labels: Object.fromEntries(kept), samples };
}
