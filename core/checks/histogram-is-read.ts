import { metricsBehindTree } from "../model/metrics-behind";
import type { ModelIndex } from "../model/model";
import { isComparison } from "../model/promql-interval";
import { isSetOperator, outputLabels } from "../model/promql-labels";
import { combinedSample, sampleOf } from "../model/promql-sample";
import { findIn, type Aggregation, type Binary, type Call, type Expr } from "../model/promql-syntax";
import type { Check } from "./check";
import { inEachQuery } from "./in-each-query";

/** What Prometheus leaves out of a result without a word: native histograms where it takes numbers, and numbers where it takes these. */
export const histogramIsRead: Check = {
  id: "histogram-is-read",
  description: "Native histograms are read by the functions that are for them, and these are given nothing else.",
  severity: "error",
  run: (model) => inEachQuery(model, leftOut),
};

const first = "Take histogram_quantile(), histogram_avg() or histogram_count() first.";

function leftOut(tree: Expr, index: ModelIndex): readonly string[] {
  return findIn(tree, (node) => {
    switch (node.type) {
      case "binary":
        return isComparison(node.op) ? compared(node, index) : combined(node, index);
      case "aggregation":
        return aggregated(node, index);
      case "call":
        return called(node, index);
      default:
        return [];
    }
  });
}

/** Whether one histogram is the other can be asked, and nothing else. */
function compared({ op, left, right }: Binary, index: ModelIndex): readonly string[] {
  const [a, b] = [sampleOf(left, index), sampleOf(right, index)];
  if (a !== "histogram" && b !== "histogram") return [];
  if (a === "number" || b === "number") return [`compares histograms with a number, which none of them is. ${first}`];
  return a === b && op !== "==" && op !== "!="
    ? [`compares histograms by "${op}", of which none is the larger one. ${first}`]
    : [];
}

function combined({ op, left, right }: Binary, index: ModelIndex): readonly string[] {
  if (isSetOperator(op)) return [];
  const [a, b] = [sampleOf(left, index), sampleOf(right, index)];
  if (!a || !b || combinedSample(op, a, b) !== "none") return [];
  const what = a === b ? "two histograms" : a === "histogram" ? "a histogram and a number" : "a number and a histogram";
  return [`combines ${what} by "${op}", which gives nothing. ${first}`];
}

/** Of histograms there is a sum and an average, and they can be counted. */
function aggregated({ op, args }: Aggregation, index: ModelIndex): readonly string[] {
  const vector = args.at(-1);
  if (!["min", "max", "topk", "bottomk", "quantile", "stddev", "stdvar"].includes(op)) return [];
  return vector && sampleOf(vector, index) === "histogram" ? [`takes ${op} of histograms, which gives nothing. ${first}`] : [];
}

/** Functions of each number by itself, and of the numbers within a range. */
const ofNumbers =
  /^(abs|ceil|floor|round|sgn|sqrt|exp|ln|log2|log10|clamp|clamp_min|clamp_max|a?(sin|cos|tan)h?|deg|rad|sort|sort_desc|(min|max)_over_time)$/;

/** Those of native histograms, of which these two take buckets, too. */
const ofHistograms = /^histogram_(avg|count|sum|stddev|stdvar|quantile|fraction)$/;
const ofBuckets = ["histogram_quantile", "histogram_fraction"];

function called({ fn, args }: Call, index: ModelIndex): readonly string[] {
  const read = ofHistograms.test(fn) ? args.at(-1) : args[0];
  const of = read && sampleOf(read.type === "range" ? read.of : read, index);
  if (!read || !of) return [];
  if (of === "histogram") return ofNumbers.test(fn) ? [`takes ${fn}() of histograms, which gives nothing. ${first}`] : [];
  if (!ofHistograms.test(fn)) return [];
  return ofBuckets.includes(fn) && outputLabels(read, index.labelsOf)?.has("le") !== false ? [] : notNative(fn, read, index);
}

function notNative(fn: string, read: Expr, index: ModelIndex): readonly string[] {
  const behind = [...metricsBehindTree(read, index)];
  if (behind.some(({ type }) => type === "native-histogram"))
    return [`takes ${fn}() of numbers, which gives nothing. It takes a native histogram, or its rate().`];
  if (ofBuckets.includes(fn)) return []; // query-type-fits tells of it
  return behind.map(
    ({ name }) => `takes ${fn}() of ${name}, which is no native histogram. Use the rates of its _sum and _count.`,
  );
}
