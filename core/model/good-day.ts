import type { AnyHistogram, Counter, Gauge, Labels, Metric } from "./metric";

/** The values that a label takes: one, several, or every listed one when the label is left out. */
export type LabelChoice = Readonly<Record<string, string | readonly string[]>>;

/** Each label of a metric: a label with listed values may be left out and stands for all of them. */
type ChoiceOf<L extends Labels> = {
  readonly [K in keyof L as L[K] extends readonly string[] ? K : never]?: ValueOf<L[K]> | readonly ValueOf<L[K]>[];
} & { readonly [K in keyof L as L[K] extends readonly string[] ? never : K]: string | readonly string[] };

type ValueOf<V> = V extends readonly (infer T)[] ? T : string;

/** How long events take: all of them so many seconds, or shares of them, such as `[[0.9, 0.01], [0.1, 0.2]]`. */
export type Seconds = number | readonly (readonly [share: number, seconds: number])[];

/** What one series of one instance usually does. Each combination of label values has the whole amount. */
export type Usual =
  | { readonly type: "level"; readonly metric: Gauge; readonly labels: LabelChoice; readonly value: number }
  | { readonly type: "rate"; readonly metric: Counter; readonly labels: LabelChoice; readonly perMinute: number }
  | {
      readonly type: "latency";
      readonly metric: AnyHistogram;
      readonly labels: LabelChoice;
      readonly perMinute: number;
      readonly seconds: Seconds;
    };

/**
 * What each instance of a service exports on a good day. A counter or histogram that is not named has counted
 * nothing and so has no series; a gauge that is not named is 0 for all its listed label values.
 */
export interface GoodDay {
  /** What users bring about: it nearly ends in a quiet night. */
  readonly traffic: readonly Usual[];
  /** What goes on without users: heartbeats, probes, registries. */
  readonly background: readonly Usual[];
  /** Counters that the service creates with 0 when it starts. The others are born with their first increment. */
  readonly fromTheStart?: readonly Metric[];
}

type Chosen<L extends Labels> = NoInfer<ChoiceOf<L>>;

/** A gauge that stays at a value. */
export function level<L extends Labels>(metric: Gauge<L>, labels: Chosen<L>, value: number): Usual {
  return { type: "level", metric, labels: choice(labels), value };
}

/** A counter that grows steadily. */
export function rate<L extends Labels>(metric: Counter<L>, labels: Chosen<L>, flow: { readonly perMinute: number }): Usual {
  return { type: "rate", metric, labels: choice(labels), ...flow };
}

/** A histogram, classic or native, into which events flow steadily. */
export function latency<L extends Labels>(
  metric: AnyHistogram<L>,
  labels: Chosen<L>,
  flow: { readonly perMinute: number; readonly seconds: Seconds },
): Usual {
  return { type: "latency", metric, labels: choice(labels), ...flow };
}

function choice(labels: object): LabelChoice {
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [label, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}
