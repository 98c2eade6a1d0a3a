import { metricsBehindTree } from "../model/metrics-behind";
import type { ModelIndex } from "../model/model";
import { intervalOf, isComparison } from "../model/promql-interval";
import { kindOf, type Kind } from "../model/promql-kind";
import { isScalar, outputLabels } from "../model/promql-labels";
import { isQuantile } from "../model/promql-quantile";
import { sampleOf } from "../model/promql-sample";
import { findIn, parsePromql, type Aggregation, type Binary, type Expr } from "../model/promql-syntax";
import type { Check } from "./check";
import { inEachQuery } from "./in-each-query";

const forCounters = ["rate", "irate", "increase", "resets"];
/** Of a counter they say when its process began, and little else. */
const ofLevels = [
  "avg_over_time",
  "sum_over_time",
  "stddev_over_time",
  "stdvar_over_time",
  "quantile_over_time",
  "mad_over_time",
];
const ofBuckets = ["histogram_quantile", "histogram_fraction"];
const forGauges = ["delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing"];

/** Every query uses each metric as its type allows. */
export const queryTypeFits: Check = {
  id: "query-type-fits",
  description:
    "Rates are of counters, also through subqueries and recording rules, counters are neither summed nor alerted on raw, quantiles are of buckets grouped by le, and nobody sums or averages them.",
  severity: "error",
  run: (model) => [
    ...inEachQuery(model, misused),
    ...inEachQuery(model, rawSums, ["alert", "panel", "recording rule"]),
    ...inEachQuery(model, rawConditions, ["alert"]),
  ],
};

function misused(tree: Expr, index: ModelIndex): readonly string[] {
  return findIn(tree, (node) => misuses(node, index));
}

function misuses(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type === "aggregation") return aggregatedQuantiles(node, index);
  if (node.type !== "call") return [];
  if (ofBuckets.includes(node.fn)) return bucketMisuses(node.fn, node.args.at(-1), index);
  const range = node.args.find((arg) => arg.type === "range");
  const kind = range && kindOf(range.of, index);
  if (!range || !kind) return [];
  const what = describe(range.of, kind, index);
  if (forCounters.includes(node.fn) && kind === "gauge") {
    return [`takes ${node.fn}() of ${what}. Use delta() or deriv(), or avg_over_time().`];
  }
  if (forCounters.includes(node.fn) && kind === "summed") {
    return [
      `takes ${node.fn}() of ${what}: when one part of it restarts, the whole seems to. Take ${node.fn}() of each, and then the sum.`,
    ];
  }
  if ([...forGauges, ...ofLevels].includes(node.fn) && kind !== "gauge")
    return [`takes ${node.fn}() of ${what}. Use rate() or increase().`];
  return [];
}

const inWords = { counter: "a counter", summed: "a sum of counters", gauge: "what is no counter" } as const;

/** "ex_depth, a gauge", "a:b:c, which is a rate", "a rate". */
function describe(expr: Expr, kind: Kind, index: ModelIndex): string {
  if (expr.type !== "selector") return expr.type === "call" && kind === "gauge" ? `what ${expr.fn}() gives` : inWords[kind];
  const rule = index.series.get(expr.metric)?.rule;
  const recorded = rule && parsePromql(rule.query.expr);
  if (!recorded) return `${expr.metric}, ${kind === "gauge" ? "a gauge" : inWords[kind]}`;
  return `${expr.metric}, which records ${describe(recorded, kind, index)}`;
}

/** Every restart makes it smaller: what it says depends on when that was. */
function rawSums(tree: Expr, index: ModelIndex): readonly string[] {
  const summed =
    kindOf(tree, index) === "summed"
      ? ["sums counters as they are, which begin again at 0 with each restart. Sum their rate() or increase()."]
      : [];
  return [...summed, ...findIn(tree, (node) => rawBuckets(node, index))];
}

function rawBuckets(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type !== "call" || ![...ofBuckets, "histogram_avg"].includes(node.fn)) return [];
  const buckets = node.args.at(-1);
  if (!buckets || !["counter", "summed"].includes(kindOf(buckets, index) ?? "")) return [];
  return [`takes ${node.fn}() of buckets as they are, which count since the process began. Take it of their rate().`];
}

/** What is grouped by every label that its series have is no more than written again. */
function aggregatedQuantiles({ op, grouping, labels, args }: Aggregation, index: ModelIndex): readonly string[] {
  const [values] = args;
  if (!values || !["sum", "avg"].includes(op) || !isQuantile(values, index)) return [];
  const carried = outputLabels(values, index.labelsOf, "by some");
  const lost = carried && [...carried].filter((label) => labels.includes(label) !== (grouping === "by"));
  if (lost?.length === 0) return [];
  return [
    `takes ${op === "sum" ? "the sum" : "the average"} of quantiles, which is no quantile of anything: a part with few events weighs as much as one with many. Take histogram_quantile() of the summed rates of the buckets, or max() for the worst.`,
  ];
}

/** An alert that never ends: what a counter has passed once, it stays above until its process restarts. */
function rawConditions(tree: Expr, index: ModelIndex): readonly string[] {
  if (tree.type === "binary" && tree.op === "or") return [tree.left, tree.right].flatMap((side) => rawConditions(side, index));
  if (tree.type === "binary" && isComparison(tree.op) && [tree.left, tree.right].some((side) => isRawShare(side, index)))
    return [
      "compares counters as they are with each other, which tells of all that happened since the process began, and hardly of now. Divide their rate() or increase().",
    ];
  const counted = tree.type === "binary" ? comparedCounter(tree, index) : isRawCounter(tree, index) ? tree : undefined;
  const [name] = counted ? findIn(counted, (node) => (node.type === "selector" ? [node.metric] : [])) : [];
  if (name === undefined) return [];
  return [
    `fires on ${name} as it is, a counter, which only grows: once it fires, it goes on until the process restarts. Compare its increase() or rate() within a window.`,
  ];
}

/** The counter that must be above a number; not where it always is, which asks whether it is there. */
function comparedCounter({ op, bool, left, right }: Binary, index: ModelIndex): Expr | undefined {
  const [counter, number] = isScalar(left) ? [right, left] : [left, right];
  const { low, high } = intervalOf(number, index);
  if (bool || !isScalar(number) || low !== high || !isRawCounter(counter, index)) return undefined;
  const above = counter === left ? [">", ">="] : ["<", "<="];
  if (op === "!=") return low === 0 ? counter : undefined;
  return above.includes(op) && (op.endsWith("=") ? low > 0 : low >= 0) ? counter : undefined;
}

function isRawCounter(expr: Expr, index: ModelIndex): boolean {
  return (
    kindOf(expr, index) === "counter" && sampleOf(expr, index) !== "histogram" && !(expr.type === "binary" && !isScaled(expr))
  );
}

function isRawShare(expr: Expr, index: ModelIndex): boolean {
  if (expr.type !== "binary") return false;
  const { op, left, right } = expr;
  const isCounted = (side: Expr): boolean => !isScalar(side) && ["counter", "summed"].includes(kindOf(side, index) ?? "");
  if (op === "/" && isCounted(left) && isCounted(right)) return true;
  return (
    (["*", "/", "+", "-"].includes(op) && isScalar(right) && isRawShare(left, index)) ||
    (isScalar(left) && isRawShare(right, index))
  );
}

/** Arithmetic with a number, rather than a filter: what a filter lets through may end. */
function isScaled({ left, right }: Binary): boolean {
  return isScalar(left) || isScalar(right);
}

function bucketMisuses(fn: string, buckets: Expr | undefined, index: ModelIndex): readonly string[] {
  if (!buckets || [...metricsBehindTree(buckets, index)].some(({ type }) => type === "native-histogram")) return [];
  // A native histogram, or buckets where it is a classic one yet.
  if (buckets.type === "binary" && buckets.op === "or")
    return [buckets.left, buckets.right].flatMap((side) => bucketMisuses(fn, side, index));
  const selected = seriesBehind(buckets, index);
  const isBucket = (name: string): boolean => name.endsWith("_bucket");
  if (!selected.some(isBucket)) {
    const isKnown = selected.length > 0 && selected.every((name) => index.series.get(name)?.metric !== undefined);
    return isKnown ? selected.map((name) => `takes ${fn}() of ${name}. Use the _bucket series of a histogram.`) : [];
  }
  const labels = outputLabels(buckets, index.labelsOf);
  if (!labels || labels.has("le")) return [];
  return [`takes ${fn}() of buckets without their le label. Add le to the by (…) list.`];
}

/** The series that an expression selects, and those that the rules behind them do. */
function seriesBehind(expr: Expr, index: ModelIndex, seen: readonly string[] = []): readonly string[] {
  return findIn(expr, (node) => {
    if (node.type !== "selector" || seen.includes(node.metric)) return [];
    const rule = index.series.get(node.metric)?.rule;
    const recorded = rule && parsePromql(rule.query.expr);
    return recorded ? seriesBehind(recorded, index, [...seen, node.metric]) : [node.metric];
  });
}
