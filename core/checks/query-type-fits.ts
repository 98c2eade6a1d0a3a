import { metricsBehindTree } from "../model/metrics-behind";
import type { ModelIndex } from "../model/model";
import { intervalOf, isComparison } from "../model/promql-interval";
import { kindOf, type Kind } from "../model/promql-kind";
import { isScalar, outputLabels } from "../model/promql-labels";
import { isQuantile } from "../model/promql-quantile";
import { findIn, parsePromql, type Aggregation, type Binary, type Call, type Expr } from "../model/promql-syntax";
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
  if (node.type === "binary") return comparedHistograms(node, index);
  if (node.type === "aggregation") return aggregatedQuantiles(node, index);
  if (node.type !== "call") return [];
  if (ofNative.includes(node.fn)) return nativeMisuses(node, index);
  if (node.fn === "histogram_quantile") return quantileMisuses(node.args[1], index);
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

/** Functions of native histograms only. histogram_quantile and histogram_fraction take buckets too. */
const ofNative = ["histogram_avg", "histogram_count", "histogram_sum", "histogram_stddev", "histogram_stdvar"];

function nativeMisuses({ fn, args: [first] }: Call, index: ModelIndex): readonly string[] {
  const behind = first ? [...metricsBehindTree(first, index)] : [];
  if (behind.length === 0 || behind.some(({ type }) => type === "native-histogram")) return [];
  return behind.map(
    ({ name }) => `takes ${fn}() of ${name}, which is no native histogram. Use the rates of its _sum and _count.`,
  );
}

/** Prometheus leaves histograms out of comparisons with numbers. */
function comparedHistograms({ op, left, right }: Binary, index: ModelIndex): readonly string[] {
  if (!isComparison(op)) return [];
  const sides = isScalar(right) ? [left] : isScalar(left) ? [right] : [];
  return sides.some((side) => isHistogram(side, index))
    ? [
        "compares histograms with a number, which none of them is. Take histogram_quantile(), histogram_avg() or histogram_count() first.",
      ]
    : [];
}

function isHistogram(expr: Expr, index: ModelIndex): boolean {
  switch (expr.type) {
    case "selector":
      return index.series.get(expr.metric)?.metric?.type === "native-histogram";
    case "range":
    case "negation":
      return isHistogram(expr.of, index);
    case "call":
      return (
        ["rate", "increase", "irate", "sum_over_time", "avg_over_time", "last_over_time"].includes(expr.fn) &&
        expr.args.some((arg) => isHistogram(arg, index))
      );
    case "aggregation":
      return ["sum", "avg"].includes(expr.op) && expr.args.some((arg) => isHistogram(arg, index));
    default:
      return false;
  }
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
  const [, buckets] = node.type === "call" && node.fn === "histogram_quantile" ? node.args : [];
  if (!buckets || isHistogram(buckets, index) || !["counter", "summed"].includes(kindOf(buckets, index) ?? "")) return [];
  return ["takes histogram_quantile() of buckets as they are, which count since the process began. Take it of their rate()."];
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
  return kindOf(expr, index) === "counter" && !isHistogram(expr, index) && !(expr.type === "binary" && !isScaled(expr));
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

function quantileMisuses(buckets: Expr | undefined, index: ModelIndex): readonly string[] {
  if (!buckets || [...metricsBehindTree(buckets, index)].some(({ type }) => type === "native-histogram")) return [];
  const selected = findIn(buckets, (node) => (node.type === "selector" ? [node.metric] : []));
  const mayHaveBuckets = selected.some((name) => name.endsWith("_bucket") || !index.series.get(name)?.metric);
  const wrong = mayHaveBuckets ? [] : selected; // next to buckets, something else is a guard
  const labels = outputLabels(buckets, index.labelsOf);
  return [
    ...wrong.map((name) => `takes histogram_quantile() of ${name}. Use the _bucket series of a histogram.`),
    ...(wrong.length === 0 && labels && !labels.has("le")
      ? ["takes histogram_quantile() of buckets without their le label. Add le to the by (…) list."]
      : []),
  ];
}
