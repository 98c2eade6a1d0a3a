import { problem } from "../checks/check";
import { parsePromql, walk, type Binary } from "../model/promql-syntax";
import { matcherAccepts } from "../model/promql/regex";
import { queriesIn } from "../model/queries";
import { keyOf, sidesOf, type LabelSet, type SetsOf } from "./label-sets";
import type { LiveCheck } from "./live-check";
import type { RunningPrometheus } from "./running";
import { dataOr } from "./told";

/** Both sides of an operator are there, and no two series of them have the labels by which they are matched in common. */
export const sidesMeet: LiveCheck = {
  id: "sides-meet",
  description: "The series on both sides of an operator have the labels by which it matches them in common.",
  severity: "error",
  run: ({ model }, { prometheus }) => {
    if (!prometheus) return [];
    const setsOf = seriesIn(prometheus);
    const found = queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const reasons = tree ? [...walk(tree)].flatMap((node) => (node.type === "binary" ? whyApart(node, setsOf) : [])) : [];
      return reasons.map((why) => problem(subject, `the ${kind} has no result as things are: ${why}`));
    });
    return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  },
};

function seriesIn(prometheus: RunningPrometheus): SetsOf {
  return ({ metric, matchers }) =>
    dataOr(prometheus.series.get(metric), undefined)
      ?.each?.filter((labels) => matchers.every((matcher) => matcherAccepts(matcher, labels[matcher.label] ?? "")))
      .map(({ __name__: _, ...labels }) => labels);
}

/** Of each target there is one: where the two sides come from different ones, they always will. */
const ofTargets = ["job", "instance"];

/** Only what no other series would change is told: a label that one side always has, and the other never; or other targets. */
function whyApart(node: Binary, setsOf: SetsOf): readonly string[] {
  const sides = sidesOf(node, setsOf);
  if (!sides || sides.left.length === 0 || sides.right.length === 0) return [];
  const keys = new Set(sides.right.map((set) => keyOf(set, node)));
  if (sides.left.some((set) => keys.has(keyOf(set, node)))) return [];
  const { on = false, labels = [] } = node.matching ?? {};
  const compared = new Set([...sides.left, ...sides.right].flatMap(Object.keys).filter((label) => labels.includes(label) === on));
  const operator = `the two sides of "${node.op}"`;
  for (const label of compared) {
    const [left, right] = [valuesOf(sides.left, label), valuesOf(sides.right, label)];
    const lacks =
      !right.some(Boolean) && left.every(Boolean) ? "right" : !left.some(Boolean) && right.every(Boolean) ? "left" : "";
    if (lacks !== "")
      return [
        `${operator} are matched by the label "${label}", which no series on the ${lacks} has, and each on the other side. Match on labels that both have.`,
      ];
    if (ofTargets.includes(label) && !left.some((value) => right.includes(value)))
      return [
        `${operator} are matched by the label "${label}", which is ${example(left)} on the left and ${example(right)} on the right. Match on labels that both have.`,
      ];
  }
  return [];
}

function valuesOf(sets: readonly LabelSet[], label: string): readonly string[] {
  return sets.map((set) => set[label] ?? "");
}

function example(values: readonly string[]): string {
  const [first = "", ...others] = new Set(values);
  return others.length === 0 ? `"${first}"` : `"${first}" and ${others.length} more`;
}
