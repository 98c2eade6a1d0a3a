/** A Prometheus duration: a whole number of one unit, such as `30s`, `5m`, `6h`, `30d`. */
export type Duration = `${bigint}${"s" | "m" | "h" | "d"}`;

const secondsPerUnit = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** The same duration in seconds. Throws a RangeError for text that is no {@link Duration}. */
export function toSeconds(duration: Duration): number {
  const match = /^(\d+)([smhd])$/.exec(duration);
  const unit = match?.[2];
  if (!match || !isUnit(unit)) throw new RangeError(`"${duration}" is no duration such as 30s, 5m, 6h or 30d.`);
  return Number(match[1]) * secondsPerUnit[unit];
}

/** So many seconds as the fewest of a unit, such as `90m`; undefined where they are not whole. */
export function durationOf(seconds: number): Duration | undefined {
  if (!Number.isInteger(seconds) || seconds < 0) return undefined;
  const unit = (["d", "h", "m"] as const).find((name) => seconds > 0 && seconds % secondsPerUnit[name] === 0) ?? "s";
  return `${BigInt(seconds / secondsPerUnit[unit])}${unit}`;
}

/** So many minutes; they must be whole. */
export function minutes(count: number): Duration {
  const text = `${count}m`;
  if (!isDuration(text)) throw new RangeError(`${count} is no whole number of minutes.`);
  return text;
}

/** The longest duration of Prometheus, 292 years: a whole number of nanoseconds in 64 bits. */
const longestSeconds = 9_223_372_036;

/** Whether the text is a {@link Duration} that Prometheus takes. */
export function isDuration(text: string): text is Duration {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return isUnit(unit) && Number(count) * secondsPerUnit[unit] <= longestSeconds;
}

function isUnit(text: string | undefined): text is keyof typeof secondsPerUnit {
  return text !== undefined && text in secondsPerUnit;
}
