import type { ModelIndex } from "../model/model";
import { isAlwaysWritten } from "../model/promql-carried";
import { outputLabels } from "../model/promql-labels";
import { findIn, type Call, type Expr } from "../model/promql-syntax";
import { knownValues } from "../model/promql-values";
import { variedLabels } from "../model/promql-varied";
import { regexFault, regexMatches } from "../model/promql/regex";
import { didYouMean } from "../model/suggestion";
import type { Check } from "./check";
import { inEachQuery } from "./in-each-query";

/** Labels, values and patterns that a function takes as strings are as good as those outside of strings. */
export const labelArgumentFits: Check = {
  id: "label-argument-fits",
  description:
    "label_replace, label_join and their like read labels that their operand has, match values that it can have, and write what can be a label.",
  severity: "error",
  run: (model) => [...inEachQuery(model, faults), ...(model.files ? [] : inEachQuery(model, collapsing))],
};

/** What a scrape adds: one series of each of them, where nothing else tells series apart. */
const ofTheTarget: readonly string[] = ["job", "instance", "namespace", "pod", "container", "endpoint", "service"];

/** A fixed text in place of all that tells series apart: Prometheus refuses two with the same labels. */
function collapsing(tree: Expr, index: ModelIndex): readonly string[] {
  return findIn(tree, (node) => {
    if (node.type !== "call" || node.fn !== "label_replace") return [];
    const [operand, ...strings] = node.args;
    const [label = "", text = "", source = "", pattern = ""] = strings.map(stringOf);
    if (!operand || !isAlwaysWritten(text, source, pattern) || !variedLabels(operand, index).has(label)) return [];
    const others = outputLabels(operand, index.labelsOf, "by some");
    if (!others || [...others].some((other) => other !== label && !ofTheTarget.includes(other))) return [];
    return [
      `lets label_replace write ${label}=${JSON.stringify(text)} over all by which its series differ: two of them become one, which Prometheus refuses. Aggregate ${label} away first.`,
    ];
  });
}

function faults(tree: Expr, index: ModelIndex): readonly string[] {
  return findIn(tree, (node) => faultsOf(node, index));
}

function faultsOf(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type === "aggregation" && node.op === "count_values") return written("count_values", stringOf(node.args[0]));
  if (node.type !== "call" || !isOfLabels(node.fn)) return [];
  const strings = node.args.map(stringOf);
  switch (node.fn) {
    case "label_replace":
      return [
        ...written(node.fn, strings[1]),
        ...(isFixedText(strings) ? [] : read(node, [strings[3]], index)),
        ...pattern(node, strings, index),
      ];
    case "label_join":
      return [...written(node.fn, strings[1]), ...read(node, strings.slice(3), index)];
    case "sort_by_label":
    case "sort_by_label_desc":
      return read(node, strings.slice(1), index);
    default:
      return [];
  }
}

function isOfLabels(fn: string): boolean {
  return fn.startsWith("label_") || fn.startsWith("sort_by_label");
}

/** `label_replace(x, "cluster", "eu", "whatever", ".*")`: what is written whatever is read, and where there is nothing to read. */
function isFixedText([, , replacement = "", , text]: readonly (string | undefined)[]): boolean {
  return text !== undefined && writtenGroups(replacement).length === 0 && regexMatches(text, "");
}

function written(fn: string, label: string | undefined): readonly string[] {
  return label === "" ? [`lets ${fn} write a label without a name, which Prometheus refuses. Name one.`] : [];
}

/** An empty name reads nothing, which is how a label is set to a fixed text. */
function read({ fn, args }: Call, labels: readonly (string | undefined)[], index: ModelIndex): readonly string[] {
  const known = args[0] && outputLabels(args[0], index.labelsOf, "by some");
  if (!known) return [];
  return labels
    .filter((label) => label !== undefined)
    .filter((label) => label !== "" && label !== "__name__" && !known.has(label))
    .map(
      (label) =>
        `lets ${fn} read "${label}", which its operand does not have. ` +
        (known.size === 0 ? "It has no labels." : `It has ${[...known].join(", ")}.`) +
        didYouMean(label, known),
    );
}

function pattern({ args }: Call, strings: readonly (string | undefined)[], index: ModelIndex): readonly string[] {
  const [, , replacement = "", source = "", text] = strings;
  if (text === undefined) return [];
  const fault = regexFault(text);
  if (fault !== undefined) return [`gives label_replace a pattern that Prometheus refuses: ${fault}.`];
  const groups = groupsOf(text);
  const missing = writtenGroups(replacement).filter((name) => !groups.includes(name));
  const values = args[0] ? knownValues(args[0], index).get(source) : undefined;
  const isIdle = values && values.size > 0 && ![...values, ""].some((value) => regexMatches(text, value));
  return [
    ...missing.map((name) => missingGroup(name, text, groups)),
    ...(isIdle
      ? [
          `lets label_replace look for ${source}=~${JSON.stringify(text)}, a value that it never has. It has ${[...values].join(", ")}.${didYouMean(text, values)}`,
        ]
      : []),
  ];
}

/** The groups of a pattern, by their numbers and names. */
function groupsOf(pattern: string): readonly string[] {
  const plain = pattern.replace(/\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\[:\w+:\]|\\[^]|[^\]\\])*\]/g, "");
  const opened = [...plain.matchAll(/\((?:\?P?<(\w+)>|(?!\?))/g)];
  return ["0", ...opened.flatMap(([, name], at) => [String(at + 1), ...(name === undefined ? [] : [name])])];
}

/** The groups that a replacement writes, as Go reads it: `$1x` is the group "1x", `${1}x` the first one and an x, `$$` a dollar. */
function writtenGroups(replacement: string): readonly string[] {
  return [...replacement.matchAll(/\$\$|\$(?:\{(\w+)\}|(\w+))/g)].flatMap(([, braced, plain]) => braced ?? plain ?? []);
}

function missingGroup(name: string, pattern: string, groups: readonly string[]): string {
  const has = `but its pattern ${JSON.stringify(pattern)} has ${groups.filter((group) => /^\d/.test(group)).length - 1} groups`;
  if (/^\d+$/.test(name)) return `lets label_replace write $${name}, ${has}.`;
  const [, number, rest] = /^(\d+)(.+)$/.exec(name) ?? [];
  return number !== undefined && rest !== undefined && groups.includes(number)
    ? `lets label_replace write $${name}, which is a group of that name, and nothing. Write \${${number}}${rest}.`
    : `lets label_replace write $${name}, ${has} and none of that name.`;
}

function stringOf(expr: Expr | undefined): string | undefined {
  return expr?.type === "literal" && typeof expr.value === "string" ? expr.value : undefined;
}
