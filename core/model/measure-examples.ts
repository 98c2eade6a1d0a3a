import { toSeconds, minutes, type Duration } from "./duration";
import { fires, quiet, type Example, type InputSeries } from "./example";
import { exampleLabels } from "./example-labels";
import type { Frequency, Level, Measure, Quantile, Ratio } from "./measure";
import { formatFloat } from "./float";
import type { AnyHistogram } from "./metric";
import { boundsAround, nativeValues } from "./native-series";

/** An alert on a measure: what its examples depend on. */
export interface Watch {
  readonly when: { readonly above: number } | { readonly below: number };
  readonly for: Duration;
  readonly window: Duration;
  /** Whether the measure's own guard stands beside the threshold. */
  readonly isGuarded: boolean;
}

/** What makes a number of a measure. */
interface Made {
  readonly input: readonly InputSeries[];
  readonly value: number;
  /** The minute at which it is first beyond the threshold. */
  readonly from: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Close to the threshold on either side, beyond it but of hardly any events, and without any series. */
interface Situations {
  readonly beyond?: Made | undefined;
  readonly within?: readonly InputSeries[] | undefined;
  readonly hardlyAny?: readonly InputSeries[] | undefined;
}

/** The examples that follow from what is measured; none where a made one would not be sure to hold. */
export function measureExamples(measure: Measure, watch: Watch): readonly Example[] {
  const { beyond, within, hardlyAny } = situations(measure, watch);
  if (!beyond) return [];
  const held = Math.ceil(toSeconds(watch.for) / 60);
  const at = beyond.from + held;
  const until = minutes(at + 20);
  const { input, value, labels } = beyond;
  return [
    fires({ input, at: minutes(at), labels, value }),
    ...(within ? [quiet("it stays within the threshold", { input: within, until })] : []),
    ...(hardlyAny && watch.isGuarded ? [quiet("there is hardly any traffic", { input: hardlyAny, until })] : []),
    quiet("there is no series yet", { input: [], until }),
  ];
}

/** Every example is made of so many minutes: longer than any `for`. */
function steps({ for: held }: Watch): number {
  return Math.ceil(toSeconds(held) / 60) + 60;
}

function situations(measure: Measure, watch: Watch): Situations {
  switch (measure.type) {
    case "ratio":
      return ofRatio(measure, watch);
    case "quantile":
      return ofQuantile(measure, watch);
    case "rate":
    case "increase":
      return ofFrequency(measure, watch);
    case "level":
      return ofLevel(measure, watch);
    case "expression":
      return {};
  }
}

function ofRatio({ counter, all, bad, by, fewBadEvents }: Ratio, watch: Watch): Situations {
  const threshold = "above" in watch.when ? watch.when.above : Number.NaN;
  const good = exampleLabels(counter, by, [all], [bad]);
  const failed = exampleLabels(counter, by, [all, bad]);
  if (!good || !failed || !(threshold >= 0 && threshold < 1)) return {};
  const badPerMinute = Math.max(60, 2 * fewBadEvents);
  const series = (labels: Readonly<Record<string, string>>, values: string): InputSeries => ({
    name: counter.name,
    labels,
    values,
  });
  const flow = (share: number): readonly InputSeries[] => [
    series(failed, `0+${share === 0 ? 0 : badPerMinute}x${steps(watch)}`),
    series(good, `0+${goodPerMinute(share)}x${steps(watch)}`),
  ];
  const goodPerMinute = (share: number): number => (share === 0 ? badPerMinute : tidy((badPerMinute * (1 - share)) / share));
  const share = threshold === 0 ? 0.01 : Math.min(threshold * 1.25, (1 + threshold) / 2);
  return {
    beyond: {
      input: flow(share),
      value: badPerMinute / (badPerMinute + goodPerMinute(share)),
      from: 1,
      labels: only(by, failed),
    },
    within: flow(threshold * 0.9),
    hardlyAny: fewBadEvents < 1 ? undefined : [series(failed, `0x4 ${fewBadEvents}x${steps(watch)}`)],
  };
}

function ofQuantile({ histogram, all, by, quantile, minimumPerSecond }: Quantile, watch: Watch): Situations {
  const threshold = "above" in watch.when ? watch.when.above : Number.NaN;
  const labels = exampleLabels(histogram, by, [all]);
  const perMinute = Math.max(6000, Math.ceil(minimumPerSecond * 60 * 60 * 2));
  const bounds = histogram.type === "histogram" ? histogram.buckets : boundsAround(threshold);
  const above = bounds.findIndex((bound) => bound > threshold);
  const upper = bounds[above];
  const lower = bounds[above - 1] ?? 0;
  if (!labels || upper === undefined || threshold < 0) return {};
  const reached = (threshold - lower) / (upper - lower);
  const flow = (rate: number, below: number, top: number): readonly InputSeries[] =>
    observed(histogram, labels, { bounds, rate, below: tidy(below), top, steps: steps(watch) });
  /** The share of the observations below the bucket with which the quantile lies so far within it. */
  const belowFor = (position: number): number => (quantile - position) / (1 - position);
  // A ninth: what comes of a tenth can end in a 5, which one binary fraction rounds up and its neighbour down.
  const position = lower === 0 ? quantile : reached + (quantile - reached) / 9;
  if (position <= reached) return {};
  const below = lower === 0 ? 0 : tidy(belowFor(position));
  return {
    beyond: {
      input: flow(perMinute, below, above),
      value: lower + ((upper - lower) * (quantile - below)) / (1 - below),
      from: 1,
      labels: only(by, labels),
    },
    within:
      lower === threshold
        ? flow(perMinute, 0, above - 1)
        : lower === 0
          ? undefined
          : flow(perMinute, belowFor(reached * 0.8), above),
    hardlyAny: flow(tidy((minimumPerSecond * 60) / 2), 0, above),
  };
}

/** Observations of which a share lies below the top bucket, and all others in it. */
function observed(
  histogram: AnyHistogram,
  labels: Readonly<Record<string, string>>,
  {
    bounds,
    rate,
    below,
    top,
    steps: length,
  }: {
    readonly bounds: readonly number[];
    readonly rate: number;
    readonly below: number;
    readonly top: number;
    readonly steps: number;
  },
): readonly InputSeries[] {
  if (histogram.type === "native-histogram") {
    const shares = [...bounds, Infinity].map((_, position) => (position === top ? 1 - below : position === top - 1 ? below : 0));
    const counts = shares.map((share) => tidy(rate * share));
    return [{ name: histogram.name, labels, values: nativeValues(bounds, [{ counts, steps: length }]) }];
  }
  const { bucket, count } = histogram;
  const growing = (share: number): string => `0+${tidy(rate * share)}x${length}`;
  const upTo = (position: number): number => (position >= top ? 1 : position === top - 1 ? below : 0);
  return [
    ...bounds.map((bound, position) => ({
      name: bucket.name,
      labels: { ...labels, le: formatFloat(bound) },
      values: growing(upTo(position)),
    })),
    { name: bucket.name, labels: { ...labels, le: "+Inf" }, values: growing(1) },
    { name: count.name, labels, values: growing(1) },
  ];
}

/** A counter that begins at zero is not extrapolated beyond it: in its first minutes, the window is only partly full. */
function ofFrequency({ type, counter, all, by }: Frequency, watch: Watch): Situations {
  const threshold = "above" in watch.when ? watch.when.above : Number.NaN;
  const labels = exampleLabels(counter, by, [all]);
  const window = Math.round(toSeconds(watch.window) / 60);
  if (!labels || !(threshold >= 0) || window < 2) return {};
  const unit = type === "rate" ? 1 / (60 * window) : 1;
  const perMinute = threshold === 0 ? 1 : tidy((threshold * 1.5) / unit / window);
  const after = (minute: number): number => Math.min(minute, window) * perMinute * unit;
  const from = Array.from({ length: window }, (_, minute) => minute + 1).find((minute) => after(minute) > threshold * 1.01);
  if (from === undefined) return {};
  const series = (values: string): readonly InputSeries[] => [{ name: counter.name, labels, values }];
  const held = Math.ceil(toSeconds(watch.for) / 60);
  return {
    beyond: { input: series(`0+${perMinute}x${steps(watch)}`), value: after(from + held), from, labels: only(by, labels) },
    within: series(threshold === 0 ? `3x${steps(watch)}` : `0+${tidy((threshold * 0.9) / unit / window)}x${steps(watch)}`),
  };
}

function ofLevel({ gauge, all, by, unit }: Level, watch: Watch): Situations {
  const labels = exampleLabels(gauge, by, [all]);
  const threshold = "above" in watch.when ? watch.when.above : watch.when.below;
  if (!labels || !Number.isFinite(threshold)) return {};
  const sign = "above" in watch.when ? 1 : -1;
  const value = tidy(unit === "short" ? threshold + sign : threshold * (1 + sign / 10));
  const series = (values: string): readonly InputSeries[] => [{ name: gauge.name, labels, values }];
  return {
    beyond: { input: series(`${threshold}x4 ${value}x${steps(watch)}`), value, from: 5, labels: only(by, labels) },
    within: series(`${threshold}x${steps(watch)}`),
  };
}

function only(by: readonly string[], labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(by.map((label) => [label, labels[label] ?? ""]));
}

/** Without the last digits of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(9));
}
