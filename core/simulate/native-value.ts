/**
 * What a native histogram has counted, in Prometheus' exponential buckets: the bounds of each lie about 9 % apart, as with the
 * growth of 1.1 that instrumentations recommend.
 */
export interface NativeValue {
  /** Events that took no time: those of which nobody says how long they took. */
  readonly zeros: number;
  /** In ascending order. A bucket holds what is at most its bound, 2 to the power of `index / 8`, and above the one before. */
  readonly buckets: readonly (readonly [index: number, count: number])[];
  readonly sum: number;
}

/** Prometheus' name for the resolution: eight buckets from one power of 2 to the next. */
export const nativeSchema = 3;

/** The value after so many events of each duration. */
export function nativeValue(events: readonly (readonly [seconds: number, count: number])[], sum: number): NativeValue {
  const buckets = new Map<number, number>();
  let zeros = 0;
  for (const [seconds, count] of events) {
    if (seconds <= 0) zeros += count;
    else if (count > 0) buckets.set(indexOf(seconds), (buckets.get(indexOf(seconds)) ?? 0) + count);
  }
  return { zeros, buckets: [...buckets].sort(([a], [b]) => a - b), sum };
}

/** How many events a value has counted. */
export function countOf({ zeros, buckets }: NativeValue): number {
  return buckets.reduce((sum, [, count]) => sum + count, zeros);
}

/** A value as promtool's tests write it. */
export function nativeText(value: NativeValue): string {
  const { zeros, sum, buckets } = value;
  const [first = 0] = buckets[0] ?? [];
  const [last = first] = buckets.at(-1) ?? [];
  const counts = new Map(buckets);
  const list = Array.from({ length: buckets.length > 0 ? last - first + 1 : 0 }, (_, step) => counts.get(first + step) ?? 0);
  const positive = list.length > 0 ? ` offset:${first} buckets:[${list.join(" ")}]` : "";
  return `{{schema:${nativeSchema} count:${countOf(value)} sum:${sum} z_bucket:${zeros}${positive}}}`;
}

function indexOf(seconds: number): number {
  return Math.ceil(Math.log2(seconds) * 2 ** nativeSchema - 1e-9);
}
