import { toExponential } from "./rounding";

/** A number with four significant digits, as Go's `%.4g` prints it. */
export function fourDigits(value: number): string {
  return general(value, 4);
}

/** Go's `%g`: so many significant digits, without zeros at the end; the shortest text that is the number when left out. */
export function general(value: number, digits?: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponent = "0"] = (digits === undefined ? value.toExponential() : toExponential(value, digits - 1)).split(
    "e",
  );
  const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  const size = Number(exponent);
  const limit = digits ?? 6;
  if (size < -4 || size >= limit) return `${short}e${size < 0 ? "-" : "+"}${String(Math.abs(size)).padStart(2, "0")}`;
  return String(Number(`${mantissa}e${exponent}`));
}

/** Prometheus' `humanize`: 1234567 is "1.235M". */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return fourDigits(value);
  return Math.abs(value) >= 1 ? scaled(value, 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"]) : small(value);
}

/** Prometheus' `humanize1024`: 1048576 is "1Mi". */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return fourDigits(value);
  return scaled(value, 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"]);
}

/** Prometheus' `humanizeDuration`, of seconds: 3725 is "1h 2m 5s", 0.0975 "97.5ms". */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return fourDigits(value);
  if (value === 0) return "0s";
  if (Math.abs(value) < 1) return `${small(value)}s`;
  const sign = value < 0 ? "-" : "";
  const whole = Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(Math.abs(value))) : -(2n ** 63n); // Go's int64 overflows
  const seconds = whole % 60n;
  const minutes = (whole / 60n) % 60n;
  const hours = (whole / 3600n) % 24n;
  const days = whole / 86_400n;
  if (days !== 0n) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours !== 0n) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  if (minutes !== 0n) return `${sign}${minutes}m ${seconds}s`;
  return `${sign}${fourDigits(Math.abs(value))}s`;
}

/** Prometheus' `humanizePercentage`: 0.0213 is "2.13%". */
export function humanizePercentage(value: number): string {
  return `${fourDigits(value * 100)}%`;
}

function scaled(value: number, step: number, prefixes: readonly string[]): string {
  let size = value;
  let prefix = "";
  for (const next of prefixes) {
    if (Math.abs(size) < step) break;
    prefix = next;
    size /= step;
  }
  return fourDigits(size) + prefix;
}

function small(value: number): string {
  let size = value;
  let prefix = "";
  for (const next of ["m", "u", "n", "p", "f", "a", "z", "y"]) {
    if (Math.abs(size) >= 1) break;
    prefix = next;
    size *= 1000;
  }
  return fourDigits(size) + prefix;
}
