/** A sample at a second of the situation, or the marker that the series has ended there. */
export type Sample = readonly [second: number, value: number | "stale"];

/** A series as Prometheus stores it. */
export interface StoredSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
}
