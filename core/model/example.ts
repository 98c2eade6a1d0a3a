import type { Duration } from "./duration";
import { toSeconds } from "./duration";
import { formatFloat } from "./float";
import type { Histogram, Labels, Series } from "./metric";
import { stringRecord } from "./string-record";

/** A series of a rule test in promtool's notation, one sample a step: `0+60x10`, `_x5 1x10`. */
export interface InputSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: string;
}

/** Every label of a metric with one of its values, and what Prometheus adds to a scraped series. */
export type SeriesLabels<L extends Labels> = {
  readonly [K in keyof L]: L[K] extends readonly (infer V)[] ? V : string;
} & { readonly job?: string; readonly instance?: string };

/** A situation in which an alert fires. */
export interface FiringExample {
  readonly type: "fires";
  readonly input: readonly InputSeries[];
  /** The first minute at which the alert fires; the minute before, it must not. */
  readonly at: Duration;
  /** The labels of the firing alert beside those that the program adds. */
  readonly labels: Readonly<Record<string, string>>;
  /** The alert's `$value`, a number in the panel's unit: annotations print it as their templates say. */
  readonly value: number;
  /** When it must have stopped firing, if the example goes on so long. */
  readonly resolvedBy?: Duration;
  /** The time between samples, and between evaluations. 1m when left out. */
  readonly every?: Duration;
  /** The time between samples where it is shorter than that between evaluations. */
  readonly samplesEvery?: Duration;
}

/** A situation in which an alert stays quiet, and why it should. */
export interface QuietExample {
  readonly type: "quiet";
  readonly because: string;
  readonly input: readonly InputSeries[];
  /** The alert must not fire at any of ten moments up to this one. */
  readonly until: Duration;
  /** The time between samples, and between evaluations. 1m when left out. */
  readonly every?: Duration;
  /** The time between samples where it is shorter than that between evaluations. */
  readonly samplesEvery?: Duration;
}

/** A situation in which an alert fires, or one in which it stays quiet. Every alert carries one of each. */
export type Example = FiringExample | QuietExample;

/** An example in which the alert fires; without `labels`, one whose expression keeps none. */
export function fires({
  labels = {},
  ...example
}: Omit<FiringExample, "type" | "labels"> & { readonly labels?: FiringExample["labels"] }): Example {
  return { type: "fires", labels, ...example };
}

/** An example in which the alert stays quiet, and why it should. */
export function quiet(because: string, example: Omit<QuietExample, "type" | "because">): Example {
  return { type: "quiet", because, ...example };
}

/** An input series of a declared metric; a label or value that it does not have does not compile. */
export function series<L extends Labels>(metric: Series<L>, labels: NoInfer<SeriesLabels<L>>, values: string): InputSeries {
  return { name: metric.name, labels: stringRecord(labels), values };
}

/** The values of a counter in promtool's notation: it grows by `increment` a step for so many steps, phase after phase. */
export function counterValues(phases: readonly { readonly increment: number; readonly steps: number }[], from = 0): string {
  let start = from;
  return phases
    .map(({ increment, steps }, index) => {
      const first = index === 0 ? start : start + increment;
      start += increment * steps;
      return `${first}+${increment}x${index === 0 ? steps : steps - 1}`;
    })
    .join(" ");
}

/**
 * The series of a histogram into which observations flow at a steady rate: of each item, `perMinute`
 * observations that are at most `atMost` (a bucket bound, or `"+Inf"`), for the given time.
 */
export function observations<L extends Labels>(
  metric: Histogram<L>,
  labels: NoInfer<SeriesLabels<L>>,
  flow: { readonly items: readonly { readonly atMost: number | "+Inf"; readonly perMinute: number }[]; readonly over: Duration },
): readonly InputSeries[] {
  const minutes = Math.ceil(toSeconds(flow.over) / 60);
  const growing = (perMinute: number): string => `0+${perMinute}x${minutes}`;
  const upTo = (bound: number): number =>
    flow.items.filter(({ atMost }) => atMost !== "+Inf" && atMost <= bound).reduce((sum, { perMinute }) => sum + perMinute, 0);
  const total = flow.items.reduce((sum, { perMinute }) => sum + perMinute, 0);
  const fixed = stringRecord(labels);
  return [
    ...metric.buckets.map((bound) => ({
      name: metric.bucket.name,
      labels: { ...fixed, le: formatFloat(bound) },
      values: growing(upTo(bound)),
    })),
    { name: metric.bucket.name, labels: { ...fixed, le: "+Inf" }, values: growing(total) },
    { name: metric.count.name, labels: fixed, values: growing(total) },
  ];
}
