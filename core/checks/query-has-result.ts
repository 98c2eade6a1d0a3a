import type { ModelIndex } from "../model/model";
import { intersection, intervalOf, isComparison, whereHolds, type Interval } from "../model/promql-interval";
import { isScalar } from "../model/promql-labels";
import { isSameValue } from "../model/promql-same";
import { findIn, type Aggregation, type Binary, type Call, type Expr, type Matcher, type Selector } from "../model/promql-syntax";
import { valuesOfSeries } from "../model/promql-values";
import { excludeEachOther } from "../model/promql/matched-values";
import { matcherAccepts } from "../model/promql/regex";
import type { Check } from "./check";
import { inEachQuery } from "./in-each-query";

/** No query, and no part of one, is empty whatever happens. */
export const queryHasResult: Check = {
  id: "query-has-result",
  description:
    "Matchers of one selector can hold together, comparisons can be true, topk asks for at least one, quantiles lie within 0 and 1.",
  severity: "error",
  run: (model) => inEachQuery(model, emptyParts),
};

function emptyParts(tree: Expr, index: ModelIndex): readonly string[] {
  return findIn(tree, (node) => emptiness(node, index));
}

function emptiness(node: Expr, index: ModelIndex): readonly string[] {
  switch (node.type) {
    case "selector":
      return [...contradictoryNames(node), ...contradiction(node, index)];
    case "aggregation":
      return ofAggregation(node, index);
    case "call":
      return ofCall(node, index);
    case "binary":
      return [...comparison(node, index), ...excluded(node, index)];
    default:
      return [];
  }
}

/** Matchers of the name that no name satisfies. Every series has one. */
function contradictoryNames({ names = [] }: Selector): readonly string[] {
  if (names.length === 0 || !excludeEachOther([...names, { label: "__name__", op: "=~", value: ".+" }])) return [];
  return [impossible(names)];
}

/** Matchers of one label that no value satisfies: several that exclude each other, or one that excludes all that there are. */
function contradiction(selector: Selector, index: ModelIndex): readonly string[] {
  if (selector.matchers.length === 0) return [];
  const values = valuesOfSeries(selector.metric, index);
  const labels = [...new Set(selector.matchers.map(({ label }) => label))];
  return labels.flatMap((label) => {
    const own = selector.matchers.filter((matcher) => matcher.label === label);
    const listed = values.get(label);
    const accepted = (matcher: Matcher): readonly string[] =>
      [...(listed ?? [])].filter((value) => matcherAccepts(matcher, value));
    const hopeless = listed ? own.filter((matcher) => accepted(matcher).length === 0) : [];
    const excludesAll = hopeless.filter(({ op, value }) => !asksForValue(op, value));
    if (excludesAll.length > 0 && own.length === 1)
      return [
        `asks for ${written(own)}, and there are no others: ${[...(listed ?? [])].join(", ")} are all. Drop it, or name fewer.`,
      ];
    if (hopeless.length > 0) return []; // label-value-is-declared tells of it
    const left = listed && [...listed].filter((value) => own.every((matcher) => matcherAccepts(matcher, value)));
    if (left ? left.length > 0 : !excludeEachOther(own)) return [];
    return [impossible(own)];
  });
}

function impossible(matchers: readonly Matcher[]): string {
  if (matchers.length === 1) return `asks for ${written(matchers)}, which no series can be. Drop it.`;
  return `asks for ${written(matchers)} at once, which no series can be. Drop one of them, or write one with alternatives.`;
}

function written(matchers: readonly Matcher[]): string {
  return matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`).join(", ");
}

/** Whether the matcher names a value; that it is none of those listed, another check tells. */
function asksForValue(op: Matcher["op"], value: string): boolean {
  return (op === "=" || op === "=~") && value !== "";
}

function ofAggregation({ op, args: [first] }: Aggregation, index: ModelIndex): readonly string[] {
  const asked = first && numberOf(first, index);
  if (asked === undefined) return [];
  if (["topk", "bottomk", "limitk"].includes(op) && !(asked >= 1 && asked < 2 ** 63)) {
    return asked < 1
      ? [`asks ${op} for ${asked} series, which are none. Ask for at least 1.`]
      : [`asks ${op} for ${asked} series, which Prometheus refuses. Ask for a number of at least 1.`];
  }
  if (op === "limit_ratio" && asked === 0) return ["asks limit_ratio for none of the series. Ask for more than 0."];
  return op === "quantile" ? outOfRange("quantile", asked) : [];
}

function ofCall({ fn, args: [first, second, third] }: Call, index: ModelIndex): readonly string[] {
  const [asked, low, high] = [first, second, third].map((arg) => arg && numberOf(arg, index));
  if (fn === "clamp" && low !== undefined && high !== undefined && low > high)
    return [`clamps between ${low} and ${high}, where nothing is: the result is empty. Write the smaller number first.`];
  if (fn === "histogram_fraction" && asked !== undefined && low !== undefined && !(asked < low))
    return [`takes the share between ${asked} and ${low}, where nothing is. Write the smaller number first.`];
  return asked !== undefined && ["histogram_quantile", "quantile_over_time"].includes(fn) ? outOfRange(`${fn}()`, asked) : [];
}

function outOfRange(fn: string, asked: number): readonly string[] {
  if (asked >= 0 && asked <= 1) return [];
  const advice = asked >= 2 && asked <= 100 ? ` Write ${Number((asked / 100).toPrecision(12))}.` : "";
  const given = Number.isNaN(asked) ? "it is no number" : "the result is infinite";
  return [`asks ${fn} for the quantile ${asked}, but quantiles lie within 0 and 1: ${given}.${advice}`];
}

/** The number that an expression always is. */
function numberOf(expr: Expr, index: ModelIndex): number | undefined {
  if (!isScalar(expr)) return undefined;
  if (isNaNumber(expr)) return NaN;
  const { low, high } = intervalOf(expr, index);
  return low === high ? low : undefined;
}

function isNaNumber(expr: Expr): boolean {
  return expr.type === "negation" ? isNaNumber(expr.of) : expr.type === "literal" && Number.isNaN(expr.value);
}

/** A comparison that filters, and keeps nothing. With bool it is 0, which may be what is wanted. */
function comparison({ op, bool, left, right }: Binary, index: ModelIndex): readonly string[] {
  if (!isComparison(op) || bool || (isScalar(left) && isScalar(right))) return [];
  if ([left, right].some(isNaNumber) && op !== "!=")
    return [`compares with NaN by "${op}", which is never true. Write x != x for what is no number, or another number.`];
  if ((op === "<" || op === ">") && isSameValue(left, right))
    return [`compares a value with itself by "${op}", which is never true. Change one of the sides.`];
  const [a, b] = [intervalOf(left, index), intervalOf(right, index)];
  if (whereHolds(op, a, b)) return [];
  return [
    `compares what is ${describe(a)} with what is ${describe(b)} by "${op}", which is never true. Change the number or the operator.`,
  ];
}

/** `a > 5 and a < 3`, with the number on either side, and others between them. */
function excluded(node: Binary, index: ModelIndex): readonly string[] {
  if (node.op !== "and" || node.matching) return [];
  const [last] = conjuncts(node.right);
  return conjuncts(node.left).flatMap((one) => {
    if (!last || !isSameValue(kept(one), kept(last))) return [];
    const [a, b] = [intervalOf(one, index), intervalOf(last, index)];
    if (intersection(a, b)) return [];
    return [`wants one value to be ${describe(a)} and ${describe(b)} at once, which is never true. Change one of the numbers.`];
  });
}

/** The comparisons of `a and b and c`. */
function conjuncts(expr: Expr): readonly Binary[] {
  if (expr.type !== "binary" || expr.bool) return [];
  if (expr.op === "and" && !expr.matching) return [...conjuncts(expr.left), ...conjuncts(expr.right)];
  return isComparison(expr.op) ? [expr] : [];
}

/** The side of a comparison whose values it keeps. */
function kept({ left, right }: Binary): Expr {
  return isScalar(left) ? right : left;
}

function describe({ low, high, openLow, openHigh }: Interval): string {
  if (low === high) return `${low}`;
  if (high === Infinity) return `${openLow ? "above" : "at least"} ${low}`;
  if (low === -Infinity) return `${openHigh ? "below" : "at most"} ${high}`;
  return `${openLow ? "above" : "at least"} ${low} and ${openHigh ? "below" : "at most"} ${high}`;
}
