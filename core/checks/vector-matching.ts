import { indexOf } from "../model/model";
import { isScalar, outputLabels, type LabelsOf } from "../model/promql-labels";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import { queriesIn } from "../model/queries";
import { problem, type Check } from "./check";

/** Both sides of an operator can find each other. */
export const vectorMatching: Check = {
  id: "vector-matching",
  description: "Two vectors that are combined without on or ignoring have the same labels; otherwise nothing ever matches.",
  severity: "error",
  run: (model) => {
    const { certainLabelsOf: labelsOf } = indexOf(model);
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      return tree
        ? [...walk(tree)]
            .flatMap((node) => mismatches(node, labelsOf))
            .map((message) => problem(subject, `the ${kind} ${message}`))
        : [];
    });
  },
};

function mismatches(node: Expr, labelsOf: LabelsOf): readonly string[] {
  if (node.type !== "binary" || node.op === "or" || isScalar(node.left) || isScalar(node.right)) return [];
  if (node.matching?.on) return [];
  const ignored = new Set(node.matching?.labels);
  const [left, right] = [node.left, node.right].map((side) => {
    const labels = outputLabels(side, labelsOf);
    if (labels?.size !== outputLabels(side, labelsOf, "by some")?.size) return undefined; // of `a or b`, one may match
    return labels && [...labels].filter((label) => !ignored.has(label)).sort();
  });
  if (!left || !right || left.join() === right.join()) return [];
  return [
    `combines series by (${left.join(", ")}) with series by (${right.join(", ")}) using "${node.op}": they never match. ` +
      "Add on (…) or ignoring (…), or group both sides alike.",
  ];
}
