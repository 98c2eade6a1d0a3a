import type { AnyHistogram, Counter, Gauge, Labels } from "./metric";
import { aggregate, observationRate, quantileOf } from "./histogram-query";
import {
  increaseOf,
  plainMatchers,
  promql,
  queryOf,
  where,
  type CountingWindow,
  type MatcherValue,
  type Matchers,
  type Query,
} from "./query";
import { describeMatchers } from "./measure-description";
import { recordingRule, type RecordingRule } from "./recording-rule";
import type { Unit } from "./unit";

/** A metric that a measure is of, without the types of its labels. */
type Plain<M> = M & { readonly name: string };

interface Measured<L extends string> {
  readonly query: Query;
  readonly unit: Unit;
  /** In Grafana's `{{label}}` form. */
  readonly legend: string;
  /** The labels by which it is grouped: those of each of its results. */
  readonly by: readonly L[];
  /** What must hold for an alert on it to be about more than chance. */
  readonly guard?: Query;
  /** The rule that stores it: a service that shows the measure records it. */
  readonly recording?: RecordingRule;
}

/** The share of a counter's events that are bad. */
export interface Ratio<L extends string = string> extends Measured<L> {
  readonly type: "ratio";
  readonly counter: Plain<Counter>;
  readonly all: Readonly<Record<string, MatcherValue>>;
  readonly bad: Readonly<Record<string, MatcherValue>>;
  /** So few bad events are no accident: the number of the guard. */
  readonly fewBadEvents: number;
}

/** The time that the slowest events take. */
export interface Quantile<L extends string = string> extends Measured<L> {
  readonly type: "quantile";
  readonly quantile: number;
  readonly histogram: Plain<AnyHistogram>;
  readonly all: Readonly<Record<string, MatcherValue>>;
  readonly minimumPerSecond: number;
}

/** How often something happens: per second, or within a window. */
export interface Frequency<L extends string = string> extends Measured<L> {
  readonly type: "rate" | "increase";
  readonly counter: Plain<Counter>;
  readonly all: Readonly<Record<string, MatcherValue>>;
  /** Of an increase. */
  readonly within?: CountingWindow;
}

/** The level of a gauge. */
export interface Level<L extends string = string> extends Measured<L> {
  readonly type: "level";
  readonly gauge: Plain<Gauge>;
  readonly all: Readonly<Record<string, MatcherValue>>;
}

/** A query that only its author understands: an alert on it brings its own examples. */
export interface Expression<L extends string = string> extends Measured<L> {
  readonly type: "expression";
}

/** A measure of one metric, whose help says what it is. */
export type MetricMeasure<L extends string = string> = Ratio<L> | Quantile<L> | Frequency<L> | Level<L>;

/** What a panel shows, with what it knows of itself: its unit, its legend, when there is too little of it to judge. */
export type Measure<L extends string = string> = MetricMeasure<L> | Expression<L>;

/** The labels by which a metric can be grouped: its own, and those of its target. */
type Grouping<L extends Labels> = (keyof L & string) | "job" | "instance";

interface Selected<L extends Labels> {
  /** Which series of the metric count. All when left out. */
  readonly of?: NoInfer<Matchers<L>>;
  /** In Grafana's `{{label}}` form. Made of the labels when left out. */
  readonly legend?: string;
}

/** Of a share that counts from first increments on. */
interface Within {
  /** The window in which events are counted, each counter's first increment included: see {@link increaseOf}. */
  readonly within: CountingWindow;
  /** The scrape job whose targets export the counter. */
  readonly job: string;
}

/** More bad events than this within an hour are no accident, however little traffic there is. */
const fewBadEvents = 10;

/** Units of panels by those of metrics: of what is counted, a second; and of what is measured. */
const rateUnits: Readonly<Record<string, Unit>> = { requests: "reqps", bytes: "binBps" };
const levelUnits: Readonly<Record<string, Unit>> = { seconds: "s", bytes: "bytes", ratio: "percentunit", cores: "cores" };

/** What happens less often, in events a second over an hour, has no quantile worth a page: two of three are its p95. */
const rarePerSecond = 0.025;

/**
 * The share of a counter's events that are bad: `ratio(metrics.requests, { bad: { status: "error" }, by: ["endpoint"] })`.
 * An alert on it needs more than `fewBadEvents` (10) bad events within the hour, or within `within`.
 */
export function ratio<L extends Labels, const B extends Grouping<L> = never>(
  counter: Counter<L>,
  spec: Selected<L> & { readonly bad: NoInfer<Matchers<L>>; readonly by?: readonly B[]; readonly fewBadEvents?: number } & (
      Within | { readonly within?: never }
    ),
): Ratio<B> {
  const { of = {}, bad, by = [], fewBadEvents: few = fewBadEvents } = spec;
  const badSeries = where(counter, { ...of, ...bad });
  const counted = (series: Query, window: string): Query =>
    spec.within === undefined
      ? sum(by, queryOf(`rate(${series.expr}[${window}])`))
      : sum(by, increaseOf({ counter: series, job: spec.job }, spec.within));
  const badWithin = spec.within === undefined ? sum(by, promql`increase(${badSeries}[1h])`) : counted(badSeries, spec.within);
  return {
    type: "ratio",
    counter,
    all: plainMatchers(of),
    bad: plainMatchers(bad),
    by,
    fewBadEvents: few,
    query: promql`${counted(badSeries, "$__rate_interval")}\n/ ${counted(where(counter, of), "$__rate_interval")}`,
    unit: "percentunit",
    legend: spec.legend ?? legendOf(by, describeMatchers(plainMatchers(bad))),
    guard: promql`${badWithin} > ${few}`,
  };
}

/**
 * The time that the slowest events take: `quantile(0.95, metrics.duration, { by: ["operation"] })` is their p95. An alert
 * on it needs `minimumPerSecond` events (0.025) over an hour. With `recordedAs`, a rule of that name stores it.
 */
export function quantile<L extends Labels, const B extends Grouping<L> = never>(
  phi: number,
  histogram: AnyHistogram<L>,
  spec: Selected<L> & {
    readonly by?: readonly B[];
    readonly minimumPerSecond?: number;
    /** `level:metric:operations`; over 5 minutes. */
    readonly recordedAs?: string;
  } = {},
): Quantile<B> {
  const { of = {}, by = [], minimumPerSecond = rarePerSecond, recordedAs } = spec;
  const over = (window: string): Query => quantileOf(phi, histogram, { of, by, window });
  const recording = recordedAs === undefined ? undefined : recordingRule(recordedAs, { query: over("5m") });
  return {
    type: "quantile",
    quantile: phi,
    histogram,
    all: plainMatchers(of),
    by,
    minimumPerSecond,
    query: recording ? promql`${recording}` : over("$__rate_interval"),
    unit: levelUnits[histogram.unit] ?? "short",
    legend: spec.legend ?? legendOf(by, `p${Number((phi * 100).toPrecision(6))}`),
    guard: promql`${observationRate(histogram, { of, by, window: "1h" })} > ${minimumPerSecond}`,
    ...(recording && { recording }),
  };
}

/** How often something happens a second: `rateBy(metrics.requests, ["status"])`. */
export function rateBy<L extends Labels, const B extends Grouping<L>>(
  counter: Counter<L>,
  by: readonly B[],
  { of = {}, legend }: Selected<L> = {},
): Frequency<B> {
  return {
    type: "rate",
    counter,
    all: plainMatchers(of),
    by,
    query: sum(by, promql`rate(${where(counter, of)}[$__rate_interval])`),
    unit: rateUnits[counter.unit] ?? "cps",
    legend: legend ?? legendOf(by, counter.unit),
  };
}

/** How often something happened within a window, the first time included: see {@link increaseOf}. */
export function increaseBy<L extends Labels, const B extends Grouping<L>>(
  counter: Counter<L>,
  by: readonly B[],
  { within, job, of = {}, legend }: Selected<L> & Within,
): Frequency<B> {
  return {
    type: "increase",
    counter,
    all: plainMatchers(of),
    by,
    within,
    query: sum(by, increaseOf({ counter: where(counter, of), job }, within)),
    unit: "short",
    legend: legend ?? legendOf(by, counter.unit),
  };
}

/** The highest level of a gauge: what each of several replicas reports of the same thing. */
export const maxBy = levelBy("max");
/** The lowest level of a gauge. */
export const minBy = levelBy("min");
/** The levels of a gauge added up. */
export const sumBy = levelBy("sum");

function levelBy(op: "max" | "min" | "sum") {
  return <L extends Labels, const B extends Grouping<L>>(
    gauge: Gauge<L>,
    by: readonly B[],
    { of = {}, legend }: Selected<L> = {},
  ): Level<B> => ({
    type: "level",
    gauge,
    all: plainMatchers(of),
    by,
    query: aggregate(op, by, where(gauge, of)),
    unit: levelUnits[gauge.unit] ?? "short",
    legend: legend ?? legendOf(by, gauge.unit),
  });
}

/** Any other query, with its unit and its legend. */
export function expression(query: Query, unit: Unit, legend: string): Expression {
  return { type: "expression", query, unit, legend, by: [] };
}

/** The same measure under a name, as one of several of a panel. */
export function namedLegend({ by, legend }: Measure, name: string): string {
  return legend === legendOf(by, "") && by.length > 0 ? `${legend} ${name}` : legend;
}

function sum(by: readonly string[], query: Query): Query {
  return aggregate("sum", by, query);
}

function legendOf(by: readonly string[], otherwise: string): string {
  return by.length === 0 ? otherwise : by.map((label) => `{{${label}}}`).join(" ");
}
