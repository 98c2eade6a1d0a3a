import { indexOf, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import { queriesIn } from "../model/queries";
import { problem, type Check } from "./check";

const forCounters = ["rate", "irate", "increase", "resets"];
const forGauges = ["delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing"];

/** Every query is one that Prometheus accepts, and uses each metric as its type allows. */
export const queryTypes: Check = {
  id: "query-types",
  description: "Queries obey Prometheus' type rules; rates are of counters, and quantiles of buckets grouped by le.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const messages = tree ? [...walk(tree)].flatMap((node) => misuses(node, index)) : [];
      return [...new Set(messages)].map((message) => problem(subject, `the ${kind} ${message}`));
    });
  },
};

function misuses(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type !== "call") return [];
  if (node.fn === "histogram_quantile") return quantileMisuses(node.args[1], index);
  const [selector] = node.args.flatMap((arg) => (arg.type === "range" && arg.of.type === "selector" ? [arg.of] : []));
  const type = selector && index.series.get(selector.metric)?.metric?.type;
  if (!type) return [];
  if (forCounters.includes(node.fn) && type === "gauge") {
    return [`takes ${node.fn}() of ${selector.metric}, a gauge. Use delta() or deriv(), or avg_over_time().`];
  }
  if (forGauges.includes(node.fn) && type !== "gauge") {
    return [`takes ${node.fn}() of ${selector.metric}, which is a counter. Use rate() or increase().`];
  }
  return [];
}

function quantileMisuses(buckets: Expr | undefined, index: ModelIndex): readonly string[] {
  if (!buckets) return [];
  const selected = [...walk(buckets)].flatMap((node) => (node.type === "selector" ? [node.metric] : []));
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
