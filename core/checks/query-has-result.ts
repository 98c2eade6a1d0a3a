import type { ModelIndex } from "../model/model";
import { intersection, intervalOf, isComparison, whereHolds, type Interval } from "../model/promql-interval";
import { isScalar } from "../model/promql-labels";
import { walk, type Aggregation, type Binary, type Call, type Expr, type Selector } from "../model/promql-syntax";
import { knownValues } from "../model/promql-values";
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
  return walk(tree).flatMap((node) => emptiness(node, index));
}

function emptiness(node: Expr, index: ModelIndex): readonly string[] {
  switch (node.type) {
    case "selector":
      return contradiction(node, index);
    case "aggregation":
      return ofAggregation(node);
    case "call":
      return quantile(node);
    case "binary":
      return [...comparison(node, index), ...excluded(node, index)];
    default:
      return [];
  }
}

/** Several matchers of one label, each of which could hold, and no value that all of them take. */
function contradiction(selector: Selector, index: ModelIndex): readonly string[] {
  if (selector.matchers.length < 2) return [];
  const values = knownValues(selector, index);
  return [...values]
    .filter(([, possible]) => possible.size === 0)
    .flatMap(([label]) => {
      const own = selector.matchers.filter((matcher) => matcher.label === label);
      const listed = knownValues({ ...selector, matchers: [] }, index).get(label);
      const isHopeless = own.some((matcher) => listed && ![...listed].some((value) => matcherAccepts(matcher, value)));
      if (own.length < 2 || isHopeless) return []; // label-value-is-declared tells of a single one
      const written = own.map(({ op, value }) => `${label}${op}${JSON.stringify(value)}`).join(", ");
      return [`asks for ${written} at once, which no series can be. Drop one of them, or write one with alternatives.`];
    });
}

function ofAggregation({ op, args: [first] }: Aggregation): readonly string[] {
  const asked = first && literalOf(first);
  if (asked === undefined) return [];
  if (["topk", "bottomk", "limitk"].includes(op) && asked < 1) {
    return [`asks ${op} for ${asked} series, which are none. Ask for at least 1.`];
  }
  if (op === "limit_ratio" && asked === 0) return ["asks limit_ratio for none of the series. Ask for more than 0."];
  return op === "quantile" ? outOfRange("quantile", asked) : [];
}

function quantile({ fn, args: [first] }: Call): readonly string[] {
  const asked = first && literalOf(first);
  return asked !== undefined && ["histogram_quantile", "quantile_over_time"].includes(fn) ? outOfRange(`${fn}()`, asked) : [];
}

function outOfRange(fn: string, asked: number): readonly string[] {
  if (asked >= 0 && asked <= 1) return [];
  const advice = asked > 1 && asked <= 100 ? ` Write ${Number((asked / 100).toPrecision(12))}.` : "";
  return [`asks ${fn} for the quantile ${asked}, but quantiles lie within 0 and 1: the result is infinite.${advice}`];
}

function literalOf(expr: Expr): number | undefined {
  if (expr.type === "negation" && expr.of.type === "literal" && typeof expr.of.value === "number") {
    return expr.sign === "-" ? -expr.of.value : expr.of.value;
  }
  return expr.type === "literal" && typeof expr.value === "number" && !Number.isNaN(expr.value) ? expr.value : undefined;
}

/** A comparison that filters, and keeps nothing. With bool it is 0, which may be what is wanted. */
function comparison({ op, bool, left, right }: Binary, index: ModelIndex): readonly string[] {
  if (!isComparison(op) || bool || (isScalar(left) && isScalar(right))) return [];
  const [a, b] = [intervalOf(left, index), intervalOf(right, index)];
  if (whereHolds(op, a, b)) return [];
  return [
    `compares what is ${describe(a)} with what is ${describe(b)} by "${op}", which is never true. Change the number or the operator.`,
  ];
}

/** `a > 5 and a < 3`, with the number on either side. */
function excluded({ op, matching, left, right }: Binary, index: ModelIndex): readonly string[] {
  if (op !== "and" || matching || left.type !== "binary" || right.type !== "binary") return [];
  if (!isComparison(left.op) || !isComparison(right.op) || left.bool || right.bool) return [];
  if (textOf(kept(left)) !== textOf(kept(right))) return [];
  const [a, b] = [intervalOf(left, index), intervalOf(right, index)];
  if (intersection(a, b)) return [];
  return [`wants one value to be ${describe(a)} and ${describe(b)} at once, which is never true. Change one of the numbers.`];
}

/** The side of a comparison whose values it keeps. */
function kept({ left, right }: Binary): Expr {
  return isScalar(left) ? right : left;
}

/** The same for expressions of the same values: what moves a selector in time, or how often it is looked at, is a part of it. */
function textOf(expr: Expr): string {
  return JSON.stringify(sorted(expr));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !["span", "matchingSpan", "isOnlyBraces"].includes(key));
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]);
}

function describe({ low, high, openLow, openHigh }: Interval): string {
  if (low === high) return `${low}`;
  if (high === Infinity) return `${openLow ? "above" : "at least"} ${low}`;
  if (low === -Infinity) return `${openHigh ? "below" : "at most"} ${high}`;
  return `${openLow ? "above" : "at least"} ${low} and ${openHigh ? "below" : "at most"} ${high}`;
}
