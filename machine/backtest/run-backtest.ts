import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { isNativeError } from "node:util/types";
import { historiesOf } from "../../core/replay/history";
import { mergePlans, planOf, type Plan } from "../../core/replay/plan";
import type { BacktestReport, Side } from "../../core/replay/report";
import type { EvaluatedRule, RuleSet } from "../../core/model/rule-set";
import { inTemporaryFolder } from "../../core/simulate/local-server";
import type { StoredSeries } from "../../core/simulate/stored-series";
import { describeServer } from "../system/failure";
import { BoundedServer, CannotBacktest, usualLimits, type Limits } from "./bounded-server";
import { evaluateAlerts, evaluateRecordings, type Evaluated, type Schedule } from "./evaluate";
import { LocalEngine } from "./local-engine";
import { notesOf } from "./notes";
import { playStates } from "./play-states";
import { readSamples, type ReadCounts } from "./read-samples";
import { factsOf, presenceOf } from "./server-facts";

/** What is to be told. */
export interface BacktestRequest {
  /** The address of the Prometheus to read. */
  readonly url: string;
  readonly days: number;
  /** For everything, from the first question to the report. */
  readonly timeoutSeconds: number;
  readonly timeZone: string;
  readonly head: RuleSet;
  readonly base?: RuleSet;
  /** Which alerts, of both. All when left out. */
  readonly isAsked?: (rule: EvaluatedRule) => boolean;
  /** The paths of the programs that evaluate. */
  readonly tools: { readonly prometheus: string; readonly promtool: string };
  readonly note: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Limits;
  /** The end of the window, in Unix seconds. Now, when left out. */
  readonly until?: number;
}

/**
 * What alerts would have done over the last days on a server's data.
 * @throws CannotBacktest where it cannot be told.
 */
export async function runBacktest(request: BacktestRequest): Promise<BacktestReport> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const timer = setTimeout(stop, request.timeoutSeconds * 1000);
  request.signal?.addEventListener("abort", stop);
  try {
    return await inTemporaryFolder((folder) => run(request, { folder, signal: controller.signal }));
  } catch (error) {
    if (error instanceof CannotBacktest || !isNativeError(error)) throw error;
    if (controller.signal.aborted)
      throw new CannotBacktest(
        `Cannot tell: it takes longer than ${request.timeoutSeconds} s. Give it more time (--timeout-seconds), or ask for fewer days (--days).`,
      );
    throw new CannotBacktest(`Cannot tell: ${error.message}`);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", stop);
    stop(); // whatever is still asked
  }
}

interface Place {
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function run(request: BacktestRequest, { folder, signal }: Place): Promise<BacktestReport> {
  const { url, days, head, base, isAsked, note, until: end = Date.now() / 1000, tools, timeZone } = request;
  const endsAt = Date.now() + request.timeoutSeconds * 1000;
  const server = new BoundedServer({ url, signal }, request.limits ?? usualLimits, endsAt);
  const { everySeconds, lookbackSeconds } = await factsOf(server);
  const plans = [head, ...(base ? [base] : [])].map((rules) => planOf(rules, { everySeconds, lookbackSeconds }, isAsked));
  const everyRule = plans.flatMap(({ recordings, alerts }) => [...recordings, ...alerts].map(({ rule }) => rule.everySeconds));
  const finest = Math.min(everySeconds, ...everyRule.map((every) => every ?? everySeconds));
  const until = Math.floor(end / finest) * finest;
  const asked = until - days * 86_400;
  const [first, second = first] = plans;
  if (!first || !second) throw new RangeError("There is always a head.");
  const merged = mergePlans(first, second);
  const selected = merged?.selected ?? plans.flatMap((plan) => plan.selected);
  const reach = Math.max(0, ...selected.map(({ reachSeconds }) => reachSeconds));
  const presence = await presenceOf(server, { from: asked - reach, until, everySeconds: finest });

  const engines: LocalEngine[] = [];
  try {
    for (const name of merged ? ["both"] : ["head", "base"]) {
      mkdirSync(join(folder, name));
      const options = { command: tools.prometheus, folder: join(folder, name), lookbackSeconds, signal, endsAt };
      engines.push(await LocalEngine.start(options));
    }
    note(`Reading ${selected.length} selectors over ${days} days from ${describeServer(url)} …`);
    const reading = { selected, from: asked, until, everySeconds: finest, lookbackSeconds, dataFrom: presence.dataFrom ?? 0 };
    const recorded = plans.map((plan) => new Set(plan.recordings.map(({ rule }) => rule.name)));
    const read = await readSamples(server, reading, async (series) => {
      for (const [index, engine] of engines.entries()) await engine.write(merged ? series : without(series, recorded[index]));
    });
    const begins = presence.dataFrom ?? read.oldest;
    if (!Number.isFinite(begins))
      throw server.cannotTell(`it has no sample of anything that the alerts read, and no \`up\`, of the last ${days} days`);
    // Where the data begins, not every target has been scraped: what is missing then is not missing.
    const dataFrom = begins > asked - reach + finest ? begins + lookbackSeconds : begins;
    const window = { from: Math.max(asked, dataFrom), until };
    const isDown = (second: number): boolean => presence.gaps.some((gap) => gap.from <= second && second < gap.until);
    const schedule = { ...window, dataFrom, everySeconds, isDown };
    note(`Read ${read.samples} samples of ${read.series} series. Evaluating …`);
    const evaluated = await evaluateSides({ plans, merged, engines, read, schedule });
    const states = await playStates(evaluated, { promtool: tools.promtool, folder, signal }, schedule);
    const sides = [head, base].flatMap((rules, index): readonly Side[] => {
      const { conditions, unplayable } = evaluated[index] ?? { conditions: [], unplayable: [] };
      if (!rules) return [];
      return [
        {
          histories: historiesOf(states[index] ?? [], rules.inhibitions, window),
          told: [...new Set(conditions.map(({ rule }) => rule.name))],
          unplayable: unplayable.map(({ rule, why }) => ({ alert: rule.name, why })),
        },
      ];
    });
    const [now, before] = sides;
    if (!now) throw new RangeError("There is always a head.");
    return {
      server: describeServer(url),
      window,
      timeZone,
      everySeconds,
      samples: read.samples,
      series: read.series,
      notes: notesOf({ asked, window, presence, finest, timeZone }),
      head: now,
      ...(before && { base: before }),
    };
  } finally {
    for (const engine of engines) engine.stop();
  }
}

/** In each side's own place, what it records itself is not what the server has recorded. */
function without(series: readonly StoredSeries[], names: ReadonlySet<string> = new Set()): readonly StoredSeries[] {
  return series.filter(({ name }) => !names.has(name));
}

async function evaluateSides({
  plans,
  merged,
  engines,
  read: { histograms },
  schedule,
}: {
  readonly plans: readonly Plan[];
  readonly merged: Pick<Plan, "recordings"> | undefined;
  readonly engines: readonly LocalEngine[];
  readonly read: ReadCounts;
  readonly schedule: Schedule;
}): Promise<readonly Evaluated[]> {
  const [shared, own = shared] = engines;
  if (!shared || !own) throw new RangeError("There is always an engine.");
  const first = merged && (await evaluateRecordings(shared, merged.recordings, schedule));
  const evaluated: Evaluated[] = [];
  for (const [index, plan] of plans.entries()) {
    const engine = index === 0 ? shared : own;
    const failed = first ?? (await evaluateRecordings(engine, plan.recordings, schedule));
    evaluated.push(await evaluateAlerts(engine, plan, { failed, histograms }, schedule));
  }
  return evaluated;
}
