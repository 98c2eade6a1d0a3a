/** Observations of a native histogram, step after step: how many fall between its bounds, the last beyond all of them. */
export interface NativePhase {
  readonly counts: readonly number[];
  readonly steps: number;
}

/**
 * The values of a native histogram in promtool's notation. It has custom bounds, in seconds: Prometheus interpolates within
 * them as within the buckets of a classic histogram, so that what a query makes of it can be foretold.
 */
export function nativeValues(bounds: readonly number[], phases: readonly NativePhase[], from?: readonly number[]): string {
  let start = from ?? [...bounds, Infinity].map(() => 0);
  return phases
    .map(({ counts, steps }, index) => {
      const first = index === 0 ? start : plus(start, counts, 1);
      start = plus(start, counts, steps);
      return `${sample(bounds, first)}+${sample(bounds, counts)}x${index === 0 ? steps : steps - 1}`;
    })
    .join(" ");
}

/** Bounds around a threshold, so that whatever is observed lies clearly on one side of it. */
export function boundsAround(threshold: number): readonly number[] {
  return threshold > 0 ? [threshold / 2, threshold, threshold * 2] : [1];
}

function plus(start: readonly number[], counts: readonly number[], steps: number): readonly number[] {
  return start.map((count, position) => count + (counts[position] ?? 0) * steps);
}

/** Each observation is taken to lie at the upper bound of its bucket: a sum that no query here reads closer. */
function sample(bounds: readonly number[], counts: readonly number[]): string {
  const count = counts.reduce((sum, one) => sum + one, 0);
  const sum = counts.reduce((all, one, position) => all + one * (bounds[position] ?? bounds.at(-1) ?? 0), 0);
  const list = (numbers: readonly number[]): string => numbers.map(tidy).join(" ");
  return `{{schema:-53 count:${tidy(count)} sum:${tidy(sum)} custom_values:[${list(bounds)}] buckets:[${list(counts)}]}}`;
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
