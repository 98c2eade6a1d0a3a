import type { Cursor } from "./cursor";

const decimal = "0123456789";
const alphanumeric = /[A-Za-z0-9_]/;

/**
 * Steps over a number or a duration, as Prometheus' lexer does (promql/parser/lex.go): what it takes is more than what
 * is valid, such as `1.5h` or `0x`, which is refused when its value is asked for. Undefined where it is neither.
 */
export function scanNumberOrDuration(cursor: Cursor): "number" | "duration" | undefined {
  if (scanNumber(cursor)) return "number";
  return scanUnits(cursor) ? "duration" : undefined;
}

function scanNumber(cursor: Cursor): boolean {
  const from = cursor.at;
  const isHexadecimal = cursor.accept("0") && cursor.accept("xX");
  if (isHexadecimal) cursor.accept("_");
  const digits = isHexadecimal ? `${decimal}abcdefABCDEF` : decimal;
  cursor.accept(".");
  cursor.accept(digits);
  let dots = 0;
  let exponents = 0;
  while (cursor.is(`${digits}._eE`)) {
    if (cursor.is(".") && ++dots > 1) return false;
    if (cursor.is("eE") && ++exponents > 1) return false;
    if (cursor.accept(".")) {
      if (cursor.is("_.") || isHexadecimal) return false;
    } else if (cursor.accept("eE")) {
      cursor.accept("+-");
      if (cursor.is("._eE") || cursor.peek() === "") return false;
    } else if (cursor.accept("_")) {
      if (cursor.is("._eE") || cursor.peek() === "") return false;
    } else {
      cursor.skip(digits);
    }
  }
  return cursor.at > from && !alphanumeric.test(cursor.peek());
}

function scanUnits(cursor: Cursor): boolean {
  if (!cursor.accept("smhdwy")) return false;
  cursor.accept("s");
  while (cursor.accept(decimal)) {
    cursor.skip(decimal);
    if (!cursor.accept("smhdw")) return false;
    cursor.accept("s");
  }
  return !alphanumeric.test(cursor.peek());
}

const largestInteger = 2n ** 63n - 1n;

/** The value of a number, or undefined where Go's strconv, which Prometheus asks, refuses it. */
export function numberValue(text: string): number | undefined {
  const lower = text.toLowerCase();
  if (lower === "inf") return Infinity;
  if (lower === "nan") return NaN;
  if (/(^|[^0-9a-fx])_|_($|[^0-9a-f])/.test(lower)) return undefined;
  const plain = lower.replaceAll("_", "");
  if (/^0x[0-9a-f]+$/.test(plain)) return integer(plain);
  if (/^0[0-7]+$/.test(plain)) return integer(`0o${plain.slice(1)}`) ?? Number(plain); // 010 is eight
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

function integer(text: string): number | undefined {
  const value = BigInt(text);
  return value > largestInteger ? undefined : Number(value);
}

const secondsPerUnit: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};
const unitOrder = Object.keys(secondsPerUnit);

/** Go keeps durations as nanoseconds in 63 bits. */
export const longestSeconds = 2 ** 63 / 1e9;

/** The seconds of a duration such as `1h30m`, or undefined where it is none: `1.5h`, `30m1h`, `5k`. */
export function durationValue(text: string): number | undefined {
  let seconds = 0;
  let last = -1;
  for (const [, count = "", unit = ""] of text.matchAll(/(\d*)(\D+)/g)) {
    const order = unitOrder.indexOf(unit);
    if (count === "" || order <= last) return undefined;
    last = order;
    seconds += Number(count) * (secondsPerUnit[unit] ?? NaN);
  }
  return seconds < longestSeconds ? seconds : undefined;
}
