import { isTrue, templateFunctions } from "./functions";
import { printed } from "./printf";
import { checkCount, checkNames } from "./names";
import { parseTemplate, TemplateError, UntriedTemplateError, type Operand, type Pipeline, type TemplateNode } from "./syntax";
import { LabelSet, type Value } from "./value";

/** What an alert gives to its templates. */
export interface TemplateData {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Scope {
  /** What the dot stands for within a "with"; outside, for what Prometheus gives. */
  readonly dot?: { readonly value: Value };
  readonly variables: ReadonlyMap<string, Value>;
}

/** The text as Prometheus expands it. @throws TemplateError for what is no template, or none that can be tried out here. */
export function expandTemplate(text: string, { labels, value }: TemplateData): string {
  if (!text.includes("{{") && !text.includes("$")) return text;
  const all = new LabelSet(labels);
  const variables = new Map<string, Value>([
    ["$labels", all],
    ["$externalLabels", new LabelSet({})],
    ["$externalURL", ""],
    ["$value", value],
  ]);
  const nodes = parseTemplate(text);
  checkNames(nodes);
  return run(nodes, { variables }, { labels: all, value });
}

/** Some labels hold numbers, such as an objective. */
const sampleLabels = ["example", "1"];

/**
 * Why a text cannot be expanded, whatever its labels are; undefined where it can. With `isTried`, also what Prometheus can
 * expand and the rule tests cannot is a fault.
 */
export function templateFault(text: string, labels: readonly string[], isTried: boolean): string | undefined {
  const faults = sampleLabels.map((value) => faultWith(text, Object.fromEntries(labels.map((label) => [label, value])), isTried));
  return faults.includes(undefined) ? undefined : faults[0];
}

function faultWith(text: string, labels: TemplateData["labels"], isTried: boolean): string | undefined {
  try {
    expandTemplate(text, { labels, value: 1.5 });
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error instanceof UntriedTemplateError && !isTried ? undefined : error.message;
    throw error;
  }
}

interface Data {
  readonly labels: LabelSet;
  readonly value: number;
}

function run(nodes: readonly TemplateNode[], outer: Scope, data: Data): string {
  let scope = outer;
  let text = "";
  for (const node of nodes) {
    if (node.type === "text") {
      text += node.text;
      continue;
    }
    if (node.type !== "action" && node.type !== "if" && node.type !== "with")
      throw new UntriedTemplateError(`"{{ ${node.type} }}" cannot be tried out by the rule tests`);
    const result = evaluate(node.pipeline, scope, data);
    const { keptIn } = node.pipeline;
    const kept = (keptIn?.names ?? []).map((name) => [name, result] as const);
    const inside: Scope = keptIn ? { ...scope, variables: new Map([...scope.variables, ...kept]) } : scope;
    if (node.type === "action") {
      if (keptIn) scope = inside;
      else text += printed(result);
      continue;
    }
    // Both branches must be right, whichever these values choose.
    const body = run(node.body, node.type === "with" ? { ...inside, dot: { value: result } } : inside, data);
    const otherwise = run(node.otherwise, inside, data);
    text += isTrue(result) ? body : otherwise;
  }
  return text;
}

function evaluate({ commands }: Pipeline, scope: Scope, data: Data): Value {
  let result: { readonly value: Value } | undefined;
  for (const command of commands) result = { value: evaluateCommand(command, result, scope, data) };
  return result?.value;
}

function evaluateCommand(
  [first, ...rest]: readonly Operand[],
  piped: { readonly value: Value } | undefined,
  scope: Scope,
  data: Data,
): Value {
  if (!first) throw new TemplateError("a command is missing");
  if (first.type !== "function") {
    if (piped ?? rest.length > 0)
      throw new TemplateError(`${spell(first)} is no function and takes no "${piped ? "|" : "argument"}"`);
    return evaluateOperand(first, scope, data);
  }
  return call(first.name, [...rest.map((operand) => evaluateOperand(operand, scope, data)), ...(piped ? [piped.value] : [])]);
}

function call(name: string, given: readonly Value[]): Value {
  checkCount(name, given.length);
  const apply = templateFunctions.get(name)?.run;
  if (!apply)
    throw new UntriedTemplateError(
      `"${name}" cannot be tried out by the rule tests: what it prints, only a running Prometheus knows`,
    );
  return apply(...given);
}

function evaluateOperand(operand: Operand, scope: Scope, data: Data): Value {
  const { fields } = operand;
  switch (operand.type) {
    case "literal":
      return operand.value;
    case "nil":
      throw new UntriedTemplateError('"nil" cannot be tried out by the rule tests');
    case "function":
      return call(operand.name, []);
    case "pipeline":
      return fields.reduce(field, evaluate(operand.pipeline, scope, data));
    case "variable": {
      if (operand.name === "$") return ofRoot(fields, data);
      if (!scope.variables.has(operand.name)) throw new TemplateError(`there is no variable "${operand.name}"`);
      return fields.reduce(field, scope.variables.get(operand.name));
    }
    case "dot":
      return scope.dot ? fields.reduce(field, scope.dot.value) : ofRoot(fields, data);
  }
}

/** Of what Prometheus gives to a template. */
function ofRoot([name, ...rest]: readonly string[], { labels, value }: Data): Value {
  const known: Readonly<Record<string, Value>> = {
    Labels: labels,
    ExternalLabels: new LabelSet({}),
    ExternalURL: "",
    Value: value,
  };
  if (name === undefined) throw new UntriedTemplateError('"." cannot be tried out by the rule tests: print .Labels and .Value');
  if (!Object.hasOwn(known, name)) throw new TemplateError(`there is no ".${name}" to print, only .Labels and .Value`);
  return rest.reduce(field, known[name]);
}

/** A label that is not there is empty. */
function field(of: Value, name: string): Value {
  if (!(of instanceof LabelSet)) throw new TemplateError(`".${name}" is asked of what has no labels`);
  return of.get(name);
}

function spell(operand: Operand): string {
  if (operand.type === "variable") return `"${operand.name}"`;
  return operand.type === "literal" ? `"${String(operand.value)}"` : "what is given";
}
