import { variablesIn } from "./names-in-text";
import { findIn, type Expr } from "./promql-syntax";

/** Every label that a query matches, groups, joins or writes. */
export function labelsInQuery(tree: Expr): readonly string[] {
  return findIn(tree, labelsIn);
}

/** Grafana's variables in the values of its matchers. */
export function variablesInMatchers(tree: Expr): readonly string[] {
  return findIn(tree, (node) => (node.type === "selector" ? node.matchers.flatMap(({ value }) => variablesIn(value)) : []));
}

function labelsIn(node: Expr): readonly string[] {
  if (node.type === "selector") return node.matchers.map(({ label }) => label);
  if (node.type === "aggregation")
    return node.op === "count_values" ? [...node.labels, ...strings(node.args.slice(0, 1))] : node.labels;
  if (node.type === "binary")
    return node.group ? [...(node.matching?.labels ?? []), ...node.group.include] : (node.matching?.labels ?? []);
  if (node.type === "call" && node.fn.startsWith("sort_by_label")) return strings(node.args.slice(1));
  if (node.type !== "call" || !node.fn.startsWith("label_")) return [];
  const [, target, , ...sources] = node.args;
  return strings([...(target ? [target] : []), ...(node.fn === "label_join" ? sources : sources.slice(0, 1))]);
}

function strings(args: readonly Expr[]): readonly string[] {
  return args.flatMap((arg) => (arg.type === "literal" ? [arg.text.slice(1, -1)] : []));
}
