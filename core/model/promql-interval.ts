import type { ModelIndex } from "./model";
import { metricsBehindTree } from "./metrics-behind";
import { isScalar } from "./promql-labels";
import { isPartOf, isSameValue } from "./promql-same";
import { parsePromql, type Aggregation, type Binary, type Call, type Expr } from "./promql-syntax";
import { knownValuesIn } from "./promql-values";

/** Numbers between two bounds, which belong to them unless they are open. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly openLow?: boolean;
  readonly openHigh?: boolean;
}

const anything: Interval = { low: -Infinity, high: Infinity };
const notNegative: Interval = { low: 0, high: Infinity };
const atLeastOne: Interval = { low: 1, high: Infinity };
const one: Interval = { low: 1, high: 1 };
const share: Interval = { low: 0, high: 1 };

/** What functions give, whatever they are given. */
const ofFunction: Readonly<Record<string, Interval>> = {
  ...Object.fromEntries(
    ["rate", "irate", "increase", "resets", "changes", "abs", "exp", "sqrt", "time", "timestamp", "histogram_count"].map((fn) => [
      fn,
      notNegative,
    ]),
  ),
  ...{ stddev_over_time: notNegative, stdvar_over_time: notNegative, count_over_time: atLeastOne, present_over_time: one },
  ...{ absent: one, absent_over_time: one, sgn: { low: -1, high: 1 } },
  ...Object.fromEntries(["sin", "cos", "tanh"].map((fn) => [fn, { low: -1, high: 1 }])),
  ...{ hour: { low: 0, high: 23 }, minute: { low: 0, high: 59 }, month: { low: 1, high: 12 } },
  ...{ day_of_week: { low: 0, high: 6 }, day_of_month: { low: 1, high: 31 }, day_of_year: { low: 1, high: 366 } },
  days_in_month: { low: 28, high: 31 },
};

/** Series that Prometheus makes itself. */
const ofOwnSeries: Readonly<Record<string, Interval>> = {
  ...{ up: share, ALERTS: one, ALERTS_FOR_STATE: notNegative },
  ...{ scrape_duration_seconds: notNegative, scrape_samples_scraped: notNegative, scrape_series_added: notNegative },
};

/** Functions that give one of the values that they are given, or one between them. */
const sameRange = /^((min|max|avg|last|first|quantile)_over_time|sort|sort_desc|label_replace|label_join|scalar|vector)$/;

/** Between which bounds the values of an expression lie, as far as its functions and the catalogs tell. */
export function intervalOf(expr: Expr, index: ModelIndex, seen: readonly string[] = []): Interval {
  switch (expr.type) {
    case "literal":
      return typeof expr.value === "number" && !Number.isNaN(expr.value) ? { low: expr.value, high: expr.value } : anything;
    case "selector": {
      const known = index.series.get(expr.metric);
      const tree = known?.rule && !seen.includes(expr.metric) ? parsePromql(known.rule.query.expr) : undefined;
      if (tree) return intervalOf(tree, index, [...seen, expr.metric]);
      if (!known?.metric) return (known?.rule ? undefined : ofOwnSeries[expr.metric]) ?? anything;
      if (known.metric.type === "gauge") return known.metric.unit === "boolean" ? share : anything;
      return notNegative;
    }
    case "range":
      return intervalOf(expr.of, index, seen);
    case "negation":
      return expr.sign === "-" ? negated(intervalOf(expr.of, index, seen)) : intervalOf(expr.of, index, seen);
    case "call":
      return ofCall(expr, index, seen);
    case "aggregation":
      return ofAggregation(expr, index, seen);
    case "binary":
      return ofBinary(expr, index, seen);
  }
}

/** What is in both, or undefined where nothing is. */
export function intersection(a: Interval, b: Interval): Interval | undefined {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  const openLow = [a, b].some((one) => one.low === low && one.openLow === true);
  const openHigh = [a, b].some((one) => one.high === high && one.openHigh === true);
  const isEmpty = low > high || (low === high && (openLow || openHigh));
  return isEmpty ? undefined : { low, high, openLow, openHigh };
}

/** Of the left side's values, those for which a comparison can hold; undefined where there are none. */
export function whereHolds(op: string, left: Interval, right: Interval): Interval | undefined {
  switch (op) {
    case ">":
      return intersection(left, { low: right.low, high: Infinity, openLow: true });
    case ">=":
      return intersection(left, { low: right.low, high: Infinity, openLow: right.openLow ?? false });
    case "<":
      return intersection(left, { low: -Infinity, high: right.high, openHigh: true });
    case "<=":
      return intersection(left, { low: -Infinity, high: right.high, openHigh: right.openHigh ?? false });
    case "==":
      return intersection(left, right);
    case "!=":
      return left.low === left.high && right.low === right.high && left.low === right.low ? undefined : left;
    default:
      return left;
  }
}

const mirrored: Readonly<Record<string, string>> = { ">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!=" };

/** Whether the operator compares. */
export function isComparison(op: string): boolean {
  return op in mirrored;
}

function ofCall({ fn, args }: Call, index: ModelIndex, seen: readonly string[]): Interval {
  const fixed = ofFunction[fn];
  if (fixed) return fixed;
  const [first, second, third] = args.map((arg) => intervalOf(arg, index, seen));
  if (fn === "clamp_min" && first && second)
    return { low: Math.max(first.low, second.low), high: Math.max(first.high, second.low) };
  if (fn === "clamp_max" && first && second)
    return { low: Math.min(first.low, second.high), high: Math.min(first.high, second.high) };
  if (fn === "clamp" && second && third && second.low <= third.high) return { low: second.low, high: third.high };
  if (fn === "histogram_quantile") return ofQuantile(args[1], index);
  if (fn === "histogram_fraction") return share;
  const rounded = { ceil: Math.ceil, floor: Math.floor }[fn] ?? (fn === "round" && args.length === 1 ? Math.round : undefined);
  if (rounded && first) return { low: rounded(first.low), high: rounded(first.high) };
  if (fn === "sum_over_time" && first && first.low >= 0) return { low: first.low, high: Infinity };
  const value = fn === "quantile_over_time" ? second : first;
  return value && sameRange.test(fn) ? value : anything;
}

/** Between nothing and the largest bucket: beyond it, Prometheus does not tell. */
function ofQuantile(buckets: Expr | undefined, index: ModelIndex): Interval {
  const histograms = buckets ? [...metricsBehindTree(buckets, index)] : [];
  const bounds = histograms.flatMap((metric) => (metric.type === "histogram" ? metric.buckets : [-Infinity, Infinity]));
  const [lowest, highest] = [Math.min(...bounds), Math.max(...bounds)];
  return bounds.length === 0 ? anything : { low: lowest > 0 ? 0 : -Infinity, high: highest };
}

function ofAggregation({ op, args }: Aggregation, index: ModelIndex, seen: readonly string[]): Interval {
  const vector = args.at(-1);
  const of = vector ? intervalOf(vector, index, seen) : anything;
  switch (op) {
    case "count":
    case "count_values":
      return atLeastOne;
    case "group":
      return one;
    case "stddev":
    case "stdvar":
      return notNegative;
    case "sum":
      return of.low >= 0 ? { low: of.low, high: Infinity } : anything;
    default:
      return of;
  }
}

function ofBinary({ op, bool, left, right }: Binary, index: ModelIndex, seen: readonly string[]): Interval {
  const [a, b] = [intervalOf(left, index, seen), intervalOf(right, index, seen)];
  if (op === "and" || op === "unless") return a;
  if (op === "or") return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
  if (isComparison(op)) {
    if (bool) return share;
    const isOnRight = isScalar(left);
    return (isOnRight ? whereHolds(mirrored[op] ?? op, b, a) : whereHolds(op, a, b)) ?? (isOnRight ? b : a);
  }
  const areNotNegative = a.low >= 0 && b.low >= 0;
  switch (op) {
    case "+":
      return { low: a.low + b.low, high: a.high + b.high };
    case "-":
      return isSameValue(left, right) ? { low: 0, high: 0 } : { low: a.low - b.high, high: a.high - b.low };
    case "*":
      return span([product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)]);
    case "/":
      return ofRatio({ left, right, a, b }, index, seen) ?? (areNotNegative ? notNegative : anything);
    case "%":
      return ofRemainder(a, b);
    default:
      return anything;
  }
}

interface Ratio {
  readonly left: Expr;
  readonly right: Expr;
  /** Between which bounds the left side lies, and the right one. */
  readonly a: Interval;
  readonly b: Interval;
}

/** A part of a whole is a share of it; a sum over its count is a mean; and a number makes all smaller alike. */
function ofRatio({ left, right, a, b }: Ratio, index: ModelIndex, seen: readonly string[]): Interval | undefined {
  if (b.low === b.high && Number.isFinite(b.low) && b.low !== 0) return span([a.low / b.low, a.high / b.low]);
  if (b.low >= 0 && isPartOf(left, right, knownValuesIn(index))) return share;
  if (left.type === "binary" && left.op === "*" && (isScalar(left.left) || isScalar(left.right))) {
    const [factor, part] = isScalar(left.left) ? [left.left, left.right] : [left.right, left.left];
    const { low, high } = intervalOf(factor, index, seen);
    const ratio = low === high && ofRatio({ left: part, right, a: intervalOf(part, index, seen), b }, index, seen);
    return ratio ? span([product(ratio.low, low), product(ratio.high, low)]) : undefined;
  }
  if (left.type !== "aggregation" || right.type !== "aggregation" || left.op !== "sum" || right.op !== "count") return undefined;
  const [summed] = left.args;
  return summed && isSameValue({ ...left, op: "count" }, right) ? intervalOf(summed, index, seen) : undefined;
}

function ofRemainder(a: Interval, b: Interval): Interval {
  const most = Math.abs(b.low);
  if (b.low !== b.high || !(most > 0)) return anything;
  return { low: a.low >= 0 ? 0 : -most, high: most, openLow: a.low < 0, openHigh: true };
}

function span(ends: readonly number[]): Interval {
  return ends.some(Number.isNaN) ? anything : { low: Math.min(...ends), high: Math.max(...ends) };
}

/** 0 times infinity is 0 for a bound. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function negated({ low, high, openLow, openHigh }: Interval): Interval {
  return { low: -high, high: -low, openLow: openHigh ?? false, openHigh: openLow ?? false };
}
