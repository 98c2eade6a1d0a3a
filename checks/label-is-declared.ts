import { indexOf } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import type { LabelsOf } from "../model/promql-labels";
import { queriesIn } from "../model/queries";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** No matcher, and no grouping, names a label that its metric does not have. */
export const labelIsDeclared: Check = {
  id: "label-is-declared",
  description: "Every label in a matcher, a grouping or a vector matching is one of its metric's.",
  severity: "error",
  run: (model) => {
    const { labelsOf } = indexOf(model);
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const messages = tree ? [...walk(tree)].flatMap((node) => undeclaredLabels(node, labelsOf)) : [];
      return [...new Set(messages)].map((message) => problem(subject, `the ${kind} ${message}`));
    });
  },
};

function undeclaredLabels(node: Expr, labelsOf: LabelsOf): readonly string[] {
  if (node.type === "selector") {
    const known = labelsOf(node.metric);
    if (!known) return [];
    return node.matchers
      .filter(({ label }) => !known.includes(label))
      .map(
        ({ label }) =>
          `matches on "${label}", which is no label of ${node.metric}. ${labelList(known)}${didYouMean(label, known)}`,
      );
  }
  if (node.type === "aggregation") {
    const vector = node.args.at(-1);
    const known = vector && outputLabels(vector, labelsOf);
    return known ? missing(node.labels, known, `groups ${node.grouping}`) : [];
  }
  if (node.type === "binary" && node.matching?.on) {
    const { labels } = node.matching;
    return [node.left, node.right].flatMap((side) => {
      const known = outputLabels(side, labelsOf);
      return known ? missing(labels, known, "matches on") : [];
    });
  }
  return [];
}

function missing(labels: readonly string[], known: ReadonlySet<string>, how: string): readonly string[] {
  return labels
    .filter((label) => !known.has(label))
    .map((label) => `${how} "${label}", which its operand does not have. ${labelList([...known])}${didYouMean(label, known)}`);
}

function labelList(labels: readonly string[]): string {
  return labels.length === 0 ? "It has no labels." : `It has ${labels.join(", ")}.`;
}
