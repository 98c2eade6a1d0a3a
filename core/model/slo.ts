import { declared } from "./declaration";
import type { Duration } from "./duration";
import type { InputSeries } from "./example";
import { exampleLabels } from "./example-labels";
import type { AnyHistogram, Counter, Labels } from "./metric";
import { plainMatchers, queryOf, where, type Matchers, type MatcherValue, type Query } from "./query";
import type { RunbookSection } from "./runbook";
import { formatValue } from "./unit";

/** The time over which an error budget is counted, as in the SRE workbook. */
export const sloWindow: Duration = "30d";

interface SloDeclaration {
  readonly title: string;
  /** The share of events that must be good, such as 0.999. */
  readonly objective: number;
  /** The labels by which the objective is kept, each value with a budget of its own. None when left out. */
  readonly by?: readonly string[];
  /** What users notice when the budget burns. */
  readonly impact: string;
  readonly runbook: RunbookSection;
}

/** "20 ms p95" as an objective: 95 % of the events within 20 ms. */
export interface LatencySlo extends SloDeclaration {
  readonly type: "latency";
  /** `<service>-<what>`, such as `gc-assignment`. */
  readonly id: string;
  readonly histogram: AnyHistogram;
  /** Which series of the histogram count, such as `status="success"`. All when left out. */
  readonly matchers?: Readonly<Record<string, MatcherValue>>;
  /** Of a classic histogram a bucket bound, since between bounds nothing can be counted; of a native one any time. */
  readonly thresholdSeconds: number;
}

/** A share of good events. */
export interface RatioSlo extends SloDeclaration {
  readonly type: "ratio";
  readonly id: string;
  /** Rates of good and of all events, with `$__rate_interval` for their window. */
  readonly good: Query;
  readonly total: Query;
  /** A series of good events and one of bad events, for the examples; their values are made. */
  readonly events: { readonly good: InputSeries; readonly bad: InputSeries };
}

/** An objective of a service. */
export type Slo = LatencySlo | RatioSlo;

/** Declares an objective on a latency over 30 days: which share of the events takes at most `thresholdSeconds`. */
export function latencySlo<L extends Labels>(
  id: string,
  spec: Omit<LatencySlo, "type" | "id" | "histogram" | "matchers" | "by"> & {
    readonly histogram: AnyHistogram<L>;
    readonly matchers?: NoInfer<Matchers<L>>;
    readonly by?: readonly NoInfer<keyof L & string>[];
  },
): LatencySlo {
  const { matchers, ...rest } = spec;
  return declared({ type: "latency", id, ...rest, ...(matchers && { matchers: plainMatchers(matchers) }) });
}

type ShareSpec = Omit<RatioSlo, "type" | "id" | "good" | "total" | "events">;

/** Declares an objective on a share of good events over 30 days: those of a counter that match `good`, of those that match `of`. */
export function ratioSlo<L extends Labels>(
  id: string,
  spec: ShareSpec & {
    readonly counter: Counter<L>;
    readonly of?: NoInfer<Matchers<L>>;
    readonly good: NoInfer<Matchers<L>>;
    readonly total?: never;
  },
): RatioSlo;
/** Declares an objective on a share of good events over 30 days: what is good and what is all are queries. */
export function ratioSlo(id: string, spec: Omit<RatioSlo, "type" | "id"> & { readonly counter?: never }): RatioSlo;
export function ratioSlo(
  id: string,
  spec:
    | (Omit<RatioSlo, "type" | "id"> & { readonly counter?: never })
    | (ShareSpec & { readonly counter: Counter; readonly of?: object; readonly good: object }),
): RatioSlo {
  if (spec.counter === undefined) return declared({ type: "ratio", id, ...spec });
  const { counter, of = {}, good, ...rest } = spec;
  const all = plainMatchers(of);
  const fits = plainMatchers(good);
  const rate = (matchers: object): Query => queryOf(`sum(rate(${where(counter, matchers).expr}[$__rate_interval]))`);
  const by = spec.by ?? [];
  const event = (labels: Readonly<Record<string, string>> = {}): InputSeries => ({ name: counter.name, labels, values: "" });
  return declared({
    type: "ratio",
    id,
    ...rest,
    good: rate({ ...all, ...fits }),
    total: rate(all),
    events: { good: event(exampleLabels(counter, by, [all, fits])), bad: event(exampleLabels(counter, by, [all], [fits])) },
  });
}

/** Why nothing can be measured against the objective, or undefined when it can. */
export function whyUnmeasurable(slo: Slo): string | undefined {
  const fastest = Math.max(...burnRates.map(({ factor }) => factor));
  const budget = errorBudget(slo);
  if (!(slo.objective > 0 && budget > 0)) {
    const advice = slo.objective > 1 && slo.objective < 100 ? ` Write ${Number((slo.objective / 100).toPrecision(12))}.` : "";
    return `an objective of ${slo.objective} leaves no error budget. Choose one above 0 and below 1.${advice}`;
  }
  if (budget * fastest >= 1) {
    return (
      `an objective of ${slo.objective} can never burn ${fastest} times too fast, since that would be ${Math.round(budget * fastest * 100)} % of the events. ` +
      `Choose an objective above ${Number((1 - 1 / fastest).toFixed(4))}.`
    );
  }
  if (slo.type !== "latency") return undefined;
  if (slo.histogram.type === "native-histogram") {
    return slo.thresholdSeconds > 0 && slo.thresholdSeconds < Infinity
      ? undefined
      : `no event takes at most ${slo.thresholdSeconds} s, or all do. Choose a threshold above 0.`;
  }
  if (slo.histogram.buckets.includes(slo.thresholdSeconds)) return undefined;
  const bounds = slo.histogram.buckets.map((bound) => formatValue(bound, "s")).join(", ");
  return `${formatValue(slo.thresholdSeconds, "s")} is no bucket of ${slo.histogram.name}, so nothing can be counted against it. It has ${bounds}.`;
}

/** The share of events that may be bad. */
export function errorBudget({ objective }: Slo): number {
  return Number((1 - objective).toPrecision(12)); // 1 - 0.999 is 0.0010000000000000009
}

/** Shares of an error budget below which it is overspent, or one incident away from it. */
export const budgetRunsOut = { red: 0, orange: 0.25 } as const;

/** "95 % within 500 ms", "99.9 % good". */
export function describeObjective({
  objective,
  thresholdSeconds,
}: {
  readonly objective: number;
  readonly thresholdSeconds?: number | undefined;
}): string {
  const share = `${Number((objective * 100).toPrecision(6))} %`;
  return thresholdSeconds === undefined
    ? `${share} good`
    : `${share} within ${Number((thresholdSeconds * 1000).toPrecision(6))} ms`;
}

/** A multi-window burn-rate alert: both windows must burn at the factor. */
export interface BurnRate {
  readonly name: "Fast" | "Medium" | "Slow" | "Slowest";
  /** How many times faster than allowed the budget burns. */
  readonly factor: number;
  readonly long: Duration;
  readonly short: Duration;
  readonly for: Duration;
  readonly keepFiringFor?: Duration;
  readonly severity: "page" | "warning";
}

/**
 * The alerts of the SRE workbook, chapter 5, table 5-8, with the fourth that ends the budget on time:
 * 2 % of the budget in 1 h, 5 % in 6 h, 10 % in 1 d and 10 % in 3 d. Unlike there, the two pages end soon after the
 * burn does, and the faster one last: otherwise the slower one, silent beside it, would page after the recovery.
 */
export const burnRates: readonly BurnRate[] = [
  { name: "Fast", factor: 14.4, long: "1h", short: "5m", for: "2m", keepFiringFor: "7m", severity: "page" },
  { name: "Medium", factor: 6, long: "6h", short: "10m", for: "5m", severity: "page" },
  { name: "Slow", factor: 3, long: "1d", short: "2h", for: "5m", severity: "warning" },
  { name: "Slowest", factor: 1, long: "3d", short: "6h", for: "5m", severity: "warning" },
];

/** So few bad events within the long window are single failures, however little traffic there is, and no burn. */
export const fewBadEvents = 10;
