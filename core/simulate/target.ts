import type { StoredValue } from "./stored-series";

/** Seconds of a situation from one until, not including, another. The situation begins at 0; before it is the history. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** One series that a target exports; undefined while it does not. */
export interface TargetSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: (second: number) => StoredValue | undefined;
}

/** Something that Prometheus scrapes. */
export interface Target {
  /** What Prometheus puts on each of its series, `job` and `instance` among them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether a label of the target's own series wins over one of these; it is renamed to `exported_…` otherwise. */
  readonly honorsLabels: boolean;
  /** While service discovery knows it. */
  readonly known: readonly Span[];
  /** Whether it answers a scrape. */
  readonly answers: (second: number) => boolean;
  readonly exports: readonly TargetSeries[];
}

export const always: readonly Span[] = [{ from: -Infinity, until: Infinity }];

/** Whether a second lies in one of the spans. */
export function isIn(spans: readonly Span[], second: number): boolean {
  return spans.some(({ from, until }) => from <= second && second < until);
}
