import { bucketLabel } from "../model/example";
import type { Metric } from "../model/metric";
import { indexOf, type ModelIndex } from "../model/model";
import { parsePromql, walk, type Expr, type Matcher } from "../model/promql-syntax";
import { queriesIn } from "../model/queries";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** No matcher waits for a value that its label never has. */
export const labelValueIsDeclared: Check = {
  id: "label-value-is-declared",
  description: "A matcher on a label whose values are listed matches at least one of them.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const messages = tree ? [...walk(tree)].flatMap((node) => undeclaredValues(node, index)) : [];
      return [...new Set(messages)].map((message) => problem(subject, `the ${kind} ${message}`));
    });
  },
};

function undeclaredValues(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type !== "selector") return [];
  const metric = index.series.get(node.metric)?.metric;
  if (!metric) return [];
  return node.matchers.flatMap((matcher) => {
    const known = listedValues(metric, matcher.label);
    if (!known) return [];
    return wantedValues(matcher)
      .filter((wanted) => wanted !== "" && !known.some((value) => matches(wanted, value, matcher)))
      .map(
        (wanted) =>
          `looks for ${matcher.label}="${wanted}", a value that ${node.metric} never has. It has ${known.join(", ")}.${didYouMean(wanted, known)}`,
      );
  });
}

/** The values that a label can have, where they are known; those of `le` are the histogram's buckets. */
function listedValues(metric: Metric, label: string): readonly string[] | undefined {
  if (label === "le" && metric.type === "histogram" && metric.buckets.length > 0)
    return [...metric.buckets.map(bucketLabel), "+Inf"];
  const values = metric.labels[label];
  return values && !("atMost" in values) ? values : undefined;
}

/** The alternatives of a plain regular expression such as `rejected|error`, each of which must match something. */
function wantedValues({ op, value }: Matcher): readonly string[] {
  if (op === "=" || op === "!=") return [value];
  const alternatives = value.replace(/^\((?:\?:)?(.*)\)$/, "$1");
  return /[()[\]\\]/.test(alternatives) ? [value] : alternatives.split("|");
}

function matches(wanted: string, value: string, { op }: Matcher): boolean {
  if (op === "=" || op === "!=") return wanted === value;
  try {
    return new RegExp(`^(?:${wanted})$`).test(value);
  } catch {
    return true; // RE2 has forms that JavaScript does not know; Prometheus itself will judge them
  }
}
