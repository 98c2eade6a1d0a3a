import type { Model, ModelIndex } from "../model/model";
import { outputLabels, requiresLabel, type LabelsOf, type OutputLabels } from "../model/promql-labels";
import { findIn, type Binary, type Expr, type Matcher } from "../model/promql-syntax";
import { once } from "../model/once";
import { queriesIn, type PlacedQuery } from "../model/queries";
import { toldByPod } from "../model/told-by-pod";
import { didYouMean } from "../model/suggestion";
import { problem, type Check, type Problem } from "./check";
import { faultsIn, inEachQuery } from "./in-each-query";

/** No matcher, and no grouping, names a label that its metric does not have. */
export const labelIsDeclared: Check = {
  id: "label-is-declared",
  description: "Every label in a matcher, a grouping or a vector matching is one of its metric's.",
  severity: "error",
  run: (model) => (model.files ? inFiles(model) : inEachQuery(model, undeclared)),
};

function undeclared(tree: Expr, index: ModelIndex): readonly string[] {
  return undeclaredIn(tree, index, index.labelsOf);
}

function certainlyUndeclared(tree: Expr, index: ModelIndex): readonly string[] {
  return undeclaredIn(tree, index, index.certainLabelsOf);
}

/** Of recorded series it is not known which labels a Prometheus adds that takes them from another one. */
function undeclaredOfMetrics(tree: Expr, index: ModelIndex): readonly string[] {
  return undeclaredIn(tree, index, (name) => (index.series.get(name)?.rule ? undefined : index.certainLabelsOf(name)));
}

function undeclaredIn(tree: Expr, { labelsOf }: ModelIndex, known: LabelsOf): readonly string[] {
  const told = toldByPod(tree, labelsOf);
  return findIn(tree, (node) => undeclaredLabels(node, known, told.get(node)));
}

function inFiles(model: Model): readonly Problem[] {
  const faultsOf = faultsIn(model, undeclared);
  const [certainOf, ofMetrics] = [faultsIn(model, certainlyUndeclared), faultsIn(model, undeclaredOfMetrics)];
  const external = model.files?.cluster.externalLabels;
  return queriesIn(model).flatMap((query): readonly Problem[] => {
    const { kind, subject } = query;
    const [certain, certainAnyhow] = [certainOf(query), ofMetrics(query)];
    const warning = (message: string): Problem => ({ ...problem(subject, `the ${kind} ${message}`), severity: "warning" });
    return faultsOf(query).flatMap((message) => {
      if (!certain.includes(message)) return [warning(`${ownLabelsOnly(message, model)} ${settledByTargetLabels}`)];
      const [, label = ""] = /"(.*?)"/.exec(message) ?? [];
      const isCertain = certainAnyhow.includes(message) || external?.includes(label) === false || readsOwnRecords(query, model);
      if (isCertain) return [problem(subject, `the ${kind} ${message}`)];
      return external ? [] : [warning(`${message} ${settledByConfiguration}`)];
    });
  });
}

/** The usual labels of a scrape are many, and none is sure. */
function ownLabelsOnly(message: string, { files }: Model): string {
  const usual = files?.targetLabels.join(", ") ?? "";
  return message
    .replace(`It has ${usual}.`, "It has none of its own.")
    .replace(`, ${usual}, le.`, ", le.")
    .replace(`, ${usual}.`, ".")
    .replace(`It has ${usual}, le.`, "It has le.");
}

/** What a scrape adds is in no file, unless the configuration says it. */
const settledByTargetLabels = "If a scrape adds it, list all labels that scrapes add under `targetLabels`.";

const recordedIn = once((model: Model): ReadonlyMap<string, string> => {
  const records = (model.files?.rules ?? []).filter(({ kind }) => kind === "record");
  return new Map(records.map(({ name, subject }) => [name, subject.file]));
});

/** Whether a rule reads what is recorded beside it: that is not sent on in between. */
function readsOwnRecords({ read: { tree }, subject }: PlacedQuery, model: Model): boolean {
  const files = recordedIn(model);
  return (
    tree !== undefined &&
    findIn(tree, (node) => (node.type === "selector" ? [files.get(node.metric)] : [])).includes(subject.file)
  );
}

/** What records a series may send it on with labels of its own. */
const settledByConfiguration =
  "If the Prometheus that records it sends it on with that label, name the file with its external_labels under `prometheus`.";

function undeclaredLabels(node: Expr, labelsOf: LabelsOf, added: readonly string[] = []): readonly string[] {
  if (node.type === "selector") {
    const known = labelsOf(node.metric);
    if (!known) return [];
    return node.matchers
      .filter((matcher) => !known.includes(matcher.label) && !added.includes(matcher.label) && !isRenamed(matcher, known))
      .map(
        ({ label }) =>
          `matches on "${label}", which is no label of ${node.metric}. ${labelList(known)}${didYouMean(label, known)}`,
      );
  }
  if (node.type === "aggregation") {
    const vector = node.args.at(-1);
    return missing(node.labels, vector && outputLabels(vector, labelsOf, "by some"), `groups ${node.grouping}`);
  }
  return node.type === "binary" ? undeclaredMatching(node, labelsOf) : [];
}

/** `exported_endpoint!~"…"`: the metric's own label under the name that the operator's scrape gives it; where it has none, all series pass. */
function isRenamed(matcher: Matcher, known: readonly string[]): boolean {
  const own = /^exported_(.+)$/.exec(matcher.label)?.[1];
  return own !== undefined && known.includes(own) && !requiresLabel(matcher);
}

function undeclaredMatching({ op, left, right, matching, group }: Binary, labelsOf: LabelsOf): readonly string[] {
  const isMadeUp = (side: Expr): boolean => op === "or" && side.type === "call" && side.fn === "vector"; // what is there where nothing else is
  const sides = [left, right].map((side) => (isMadeUp(side) ? undefined : outputLabels(side, labelsOf, "by some")));
  const one = group && sides[group.side === "left" ? 1 : 0];
  const fetched = group ? missing(group.include, one, `takes over with group_${group.side}`) : [];
  if (!matching) return fetched;
  if (matching.on) return [...sides.flatMap((known) => missing(matching.labels, known, "matches on")), ...fetched];
  const either = sides[0] && sides[1] && new Set([...sides[0], ...sides[1]]); // what only one side has is what one ignores
  return [...missing(matching.labels, either, "ignores"), ...fetched];
}

function missing(labels: readonly string[], known: OutputLabels, how: string): readonly string[] {
  if (!known) return [];
  return labels
    .filter((label) => !known.has(label) && label !== "__name__")
    .map((label) => `${how} "${label}", which its operand does not have. ${labelList([...known])}${didYouMean(label, known)}`);
}

function labelList(labels: readonly string[]): string {
  return labels.length === 0 ? "It has no labels." : `It has ${labels.join(", ")}.`;
}
