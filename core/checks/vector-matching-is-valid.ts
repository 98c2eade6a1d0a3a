import type { ModelIndex } from "../model/model";
import { keepsLabel, labelsOfOtherMatchers } from "../model/promql-same";
import { isScalar, isSetOperator, outputLabels, type LabelsOf, type OutputLabels } from "../model/promql-labels";
import { findIn, type Binary, type Expr, type Matcher } from "../model/promql-syntax";
import { heldMatchersIn, knownValuesIn, type HeldMatchers, type KnownValues } from "../model/promql-values";
import { variedLabels } from "../model/promql-varied";
import { excludeEachOther } from "../model/promql/matched-values";
import type { Check } from "./check";
import { inEachQuery } from "./in-each-query";

/** Both sides of an operator can find each other, and each series at most one. */
export const vectorMatchingIsValid: Check = {
  id: "vector-matching-is-valid",
  description:
    "Two vectors that are combined have the same labels and no values that exclude each other, and for each series there is one on the other side.",
  severity: "error",
  run: (model) => inEachQuery(model, model.files ? unequalSides : unmatchedSides),
};

function unmatchedSides(tree: Expr, index: ModelIndex): readonly string[] {
  const unequal = unequalIn(index);
  return findIn(tree, (node) => (isOfVectors(node) ? asList(unequal(node) ?? several(node, index)) : none));
}

/** Of files it is not known which labels vary. */
function unequalSides(tree: Expr, index: ModelIndex): readonly string[] {
  const unequal = unequalIn(index);
  return findIn(tree, (node) => (isOfVectors(node) ? asList(unequal(node)) : none));
}

/** For the operators of one tree. */
function unequalIn(index: ModelIndex): (node: Binary) => string | undefined {
  const [valuesOf, matchersOf] = [knownValuesIn(index), heldMatchersIn(index)];
  return (node) =>
    otherLabels(node, index.certainLabelsOf) ??
    otherValues(node, valuesOf(node.left), valuesOf(node.right)) ??
    otherPatterns(node, matchersOf(node.left), matchersOf(node.right)) ??
    itself(node);
}

const none: readonly string[] = [];

function asList(fault: string | undefined): readonly string[] {
  return fault === undefined ? none : [fault];
}

/** `errors{code="500"} / errors`: each series finds itself on the other side, and never those that it is to be compared with. */
function itself(node: Binary): string | undefined {
  if (isSetOperator(node.op)) return undefined;
  const labels = labelsOfOtherMatchers(node.left, node.right);
  if (!labels || labels.length === 0) return undefined;
  const areMatched = labels.every(
    (label) => isCompared(node, label) && keepsLabel(node.left, label) && keepsLabel(node.right, label),
  );
  if (!areMatched || (node.matching && !isByMatched(node))) return undefined;
  const names = labels.join(", ");
  return (
    `combines series with themselves using "${node.op}": both sides differ in what they ask of ${names} alone, and are matched by it. ` +
    `Aggregate ${names} away on both sides, or on the right one and add ignoring (${names}) group_left.`
  );
}

/** Whether what both sides are grouped by is what they are matched by. */
function isByMatched({ left, right, matching }: Binary): boolean {
  return [left, right].every(
    (side) =>
      side.type === "aggregation" &&
      side.grouping === "by" &&
      matching?.on === true &&
      side.labels.every((label) => matching.labels.includes(label)),
  );
}

function isOfVectors(node: Expr): node is Binary {
  return node.type === "binary" && node.op !== "or" && !isScalar(node.left) && !isScalar(node.right);
}

/** The labels that each result carries; undefined where that is not known, or where only some carry them: of `a or b`, one may match. */
function certainLabels(expr: Expr, labelsOf: LabelsOf): OutputLabels {
  const labels = outputLabels(expr, labelsOf);
  return labels?.size === outputLabels(expr, labelsOf, "by some")?.size ? labels : undefined;
}

function otherLabels(node: Binary, labelsOf: LabelsOf): string | undefined {
  if (node.matching?.on) return undefined;
  const [left, right] = [certainLabels(node.left, labelsOf), certainLabels(node.right, labelsOf)];
  if (!left || !right || left === right) return undefined;
  const ignored = node.matching?.labels ?? none;
  const [ours, theirs] = [left, right].map((labels) =>
    [...labels]
      .filter((label) => !ignored.includes(label))
      .sort()
      .join(", "),
  );
  if (ours === theirs) return undefined;
  return (
    `combines series by (${ours}) with series by (${theirs}) using "${node.op}": they never match. ` +
    "Add on (…) or ignoring (…), or group both sides alike."
  );
}

/** Labels that must be equal, but whose values on one side are all others than on the other. */
function otherValues(node: Binary, left: KnownValues, right: KnownValues): string | undefined {
  for (const [label, ours] of left) {
    const theirs = right.get(label);
    if (!theirs || !isCompared(node, label) || ours.size === 0 || theirs.size === 0) continue;
    if ([...ours].some((value) => theirs.has(value))) continue;
    return (
      `combines ${label}="${[...ours].join("|")}" with ${label}="${[...theirs].join("|")}" using "${node.op}": they never match. ` +
      `Add ignoring (${label}), or aggregate it away on both sides.`
    );
  }
  return undefined;
}

/** The same of values that are not listed: what both sides ask for excludes each other. */
function otherPatterns(node: Binary, left: HeldMatchers, right: HeldMatchers): string | undefined {
  for (const [label, ours] of left) {
    const theirs = right.get(label);
    if (!theirs || !isCompared(node, label) || excludeEachOther(ours) || excludeEachOther(theirs)) continue;
    if (!excludeEachOther([...ours, ...theirs])) continue;
    const written = (matchers: readonly Matcher[]): string =>
      matchers.map(({ op, value }) => `${label}${op}${JSON.stringify(value)}`).join(", ");
    return (
      `combines ${written(ours)} with ${written(theirs)} using "${node.op}": they never match. ` +
      `Add ignoring (${label}), or aggregate it away on both sides.`
    );
  }
  return undefined;
}

function isCompared({ matching }: Binary, label: string): boolean {
  return !matching || matching.labels.includes(label) === matching.on;
}

/** Several series where Prometheus allows one: it refuses the whole query as soon as there are two. */
function several(node: Binary, index: ModelIndex): string | undefined {
  if (isSetOperator(node.op)) return undefined;
  const { matching, group } = node;
  const isMatched = (label: string): boolean => !matching || matching.labels.includes(label) === matching.on;
  const extra = (side: "left" | "right"): readonly string[] =>
    [...variedLabels(node[side], index)].filter((label) => !isMatched(label) && !group?.include.includes(label));
  const [left, right] = [extra("left"), extra("right")];
  const matched = matching?.on ? `one (${matching.labels.join(", ")})` : "one of the other side";
  const tell = (side: "left" | "right", labels: readonly string[], advice: string): string =>
    `combines several series on the ${side} of "${node.op}" with ${matched}: they differ by ${labels.join(", ")}, which Prometheus refuses. ${advice}`;
  const one = group?.side === "left" ? "right" : "left";
  if (group) {
    const many = one === "right" ? right : left;
    return many.length === 0 ? undefined : tell(one, many, `Write group_${one}, or aggregate the ${one} side.`);
  }
  if (left.length > 0 && right.length > 0) return tell("left", left, "Aggregate both sides to the labels that they share.");
  if (left.length > 0) return tell("left", left, "Add group_left, or aggregate the left side.");
  return right.length > 0 ? tell("right", right, "Add group_right, or aggregate the right side.") : undefined;
}
