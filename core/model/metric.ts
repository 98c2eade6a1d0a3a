import { declared } from "./declaration";
import type { Accepts } from "./finding";

/** The values that a label can take: listed, or only their greatest number when the service keeps the list. */
export type LabelValues = readonly string[] | { readonly atMost: number };

/** The labels of a metric, by name. */
export type Labels = Readonly<Record<string, LabelValues>>;

interface Declaration<L extends Labels> {
  /** What one unit of the value is, in the words of the Prometheus naming guide: seconds, bytes, messages. */
  readonly unit: string;
  /** What is measured, as the service's own HELP line says it. */
  readonly help: string;
  readonly labels: L;
  /** Labels that its series carry beside these, and of which nothing here needs a value: such as the uid of a pod. */
  readonly alsoCarries?: readonly string[];
  /** The label by which this metric must always be grouped, because an aggregate over it hides the culprit. */
  readonly requiredGrouping?: string;
  /** Whether what users do makes it count, all day long: then its silence is told, since either they or the metric are gone. */
  readonly traffic?: true;
  /** Why the metric may pass the caps (10 values a label, 1,000 combinations a metric). */
  readonly reason?: string;
  readonly accepts?: Accepts;
}

/** Of a metric that leaves its labels out. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no label is what it says
type NoLabels = Readonly<Record<never, LabelValues>>;

/** Names that end in their unit, as the Prometheus naming guide asks: `x_seconds`, `x_requests_total`. */
type NamedByUnit = `${string}_${"seconds" | "bytes" | "ratio"}` | `${string}_total`;

/** What an owner writes. The unit is left out where the name says it; the label to debug by must be one of the labels. */
type Declared<N extends string, L extends Labels> = Omit<Declaration<L>, "unit" | "labels" | "requiredGrouping"> &
  (N extends NamedByUnit ? { readonly unit?: string } : Pick<Declaration<L>, "unit">) & {
    /** None when left out. */
    readonly labels?: L;
    readonly requiredGrouping?: keyof L & string;
  };

/** A value that only grows, and starts again from zero with its process. */
export interface Counter<L extends Labels = Labels> extends Declaration<L> {
  readonly type: "counter";
  readonly name: string;
}

/** A value that goes up and down. */
export interface Gauge<L extends Labels = Labels> extends Declaration<L> {
  readonly type: "gauge";
  readonly name: string;
}

/** A classic histogram. A query uses one of its three series, never the bare name, which has no samples. */
export interface Histogram<L extends Labels = Labels> extends Declaration<L> {
  readonly type: "histogram";
  readonly name: string;
  /** Upper bounds in the metric's unit, ascending, without `+Inf`. */
  readonly buckets: readonly number[];
  readonly bucket: HistogramSeries<L>;
  readonly count: HistogramSeries<L>;
  readonly sum: HistogramSeries<L>;
}

/** `x_bucket`, `x_count` or `x_sum` of a histogram: each behaves as a counter. */
export interface HistogramSeries<L extends Labels = Labels> {
  readonly type: "histogram-series";
  readonly name: string;
  readonly labels: L;
}

/**
 * A native histogram: one series whose samples hold all buckets, whatever their bounds. Its rate is a histogram too, which
 * `histogram_quantile`, `histogram_avg`, `histogram_fraction` and their like read.
 */
export interface NativeHistogram<L extends Labels = Labels> extends Declaration<L> {
  readonly type: "native-histogram";
  readonly name: string;
}

/** A histogram of either kind: what is asked of it follows from its declaration. */
export type AnyHistogram<L extends Labels = Labels> = Histogram<L> | NativeHistogram<L>;

/** A metric as a catalog declares it. */
export type Metric<L extends Labels = Labels> = Counter<L> | Gauge<L> | Histogram<L> | NativeHistogram<L>;

/** What a query can select: everything that has samples under its own name. */
export type Series<L extends Labels = Labels> = Counter<L> | Gauge<L> | HistogramSeries<L> | NativeHistogram<L>;

/** The metrics of one service, by the names that its other files use. */
export type Catalog = Readonly<Record<string, Metric>>;

/** Declares a counter. A query by a label or a value that it does not list does not compile. */
export function counter<const N extends string, const L extends Labels = NoLabels>(
  name: N,
  declaration: Declared<N, L>,
): Counter<L> {
  return declared({ type: "counter", name, ...whole(name, declaration) });
}

/** Declares a gauge. A query by a label or a value that it does not list does not compile. */
export function gauge<const N extends string, const L extends Labels = NoLabels>(name: N, declaration: Declared<N, L>): Gauge<L> {
  return declared({ type: "gauge", name, ...whole(name, declaration) });
}

/** Declares a histogram: its name without `_bucket`, and the upper bounds in its unit, ascending, without `+Inf`. */
export function histogram<const N extends string, const L extends Labels = NoLabels>(
  name: N,
  spec: Declared<N, L> & { readonly buckets: readonly number[] },
): Histogram<L> {
  const declaration = whole(name, spec);
  const series = (suffix: string): HistogramSeries<L> => ({
    type: "histogram-series",
    name: `${name}_${suffix}`,
    labels: declaration.labels,
  });
  return declared({
    type: "histogram",
    name,
    ...declaration,
    buckets: spec.buckets,
    bucket: series("bucket"),
    count: series("count"),
    sum: series("sum"),
  });
}

/** Declares a native histogram. A query by a label or a value that it does not list does not compile. */
export function nativeHistogram<const N extends string, const L extends Labels = NoLabels>(
  name: N,
  declaration: Declared<N, L>,
): NativeHistogram<L> {
  return declared({ type: "native-histogram", name, ...whole(name, declaration) });
}

/** With what its author left out: the unit is the last word of the name, of a counter the one before `_total`. */
function whole<L extends Labels>(
  name: string,
  { labels, unit, ...declaration }: Omit<Declaration<L>, "unit" | "labels"> & { readonly unit?: string; readonly labels?: L },
): Declaration<L> {
  const named =
    name
      .replace(/_total$/, "")
      .split("_")
      .at(-1) ?? "";
  return { ...declaration, unit: unit ?? named, labels: labels ?? ({} as L) }; // left out, L has none
}

/** The names under which a metric has samples. */
export function seriesNames(metric: Metric): readonly string[] {
  return metric.type === "histogram" ? [metric.bucket.name, metric.count.name, metric.sum.name] : [metric.name];
}
