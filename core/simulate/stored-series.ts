import type { NativeValue } from "./native-value";

/** What a sample is: a number, or what a native histogram has counted. */
export type StoredValue = number | NativeValue;

/** A sample at a second of the situation, or the marker that the series has ended there. */
export type Sample = readonly [second: number, value: StoredValue | "stale"];

/** A series as Prometheus stores it. */
export interface StoredSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
}
