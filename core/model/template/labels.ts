import { parseTemplate, TemplateError, type Operand, type Pipeline, type TemplateNode } from "./syntax";

/** Labels that Prometheus gives to a template: where they stand, and the variables that hold them. */
interface Holders {
  readonly field: "Labels" | "ExternalLabels";
  /** `$labels` or `$externalLabels`, and what was made of it. */
  readonly variables: ReadonlySet<string>;
}

const ofAlert: Holders = { field: "Labels", variables: new Set(["$labels"]) };
const external: Holders = { field: "ExternalLabels", variables: new Set(["$externalLabels"]) };

/** The labels that a template prints or asks for, however it spells them; none of a text that is no template. */
export function templateLabels(text: string): readonly string[] {
  return labelsOf(text, ofAlert);
}

/** The same of the labels that its Prometheus adds to what it sends. */
export function externalTemplateLabels(text: string): readonly string[] {
  return labelsOf(text, external);
}

function labelsOf(text: string, holders: Holders): readonly string[] {
  if (!text.includes("{{")) return [];
  try {
    return [...new Set(labelsIn(parseTemplate(text), holders, false))];
  } catch (error) {
    if (error instanceof TemplateError) return [];
    throw error;
  }
}

/** The functions that a template calls; none of a text that is no template. */
export function templateFunctionsIn(text: string): ReadonlySet<string> {
  if (!text.includes("{{")) return new Set();
  try {
    return new Set(parseTemplate(text).flatMap(functionsIn));
  } catch (error) {
    if (error instanceof TemplateError) return new Set();
    throw error;
  }
}

function functionsIn(node: TemplateNode): readonly string[] {
  const inOperands = ({ commands }: Pipeline): readonly string[] =>
    commands
      .flat()
      .flatMap((operand) =>
        operand.type === "function" ? [operand.name] : operand.type === "pipeline" ? inOperands(operand.pipeline) : [],
      );
  const own = "pipeline" in node ? inOperands(node.pipeline) : [];
  return [...own, ...bodiesOf(node).flat().flatMap(functionsIn)];
}

/** What stands within a block, by its branches. */
function bodiesOf(node: TemplateNode): readonly (readonly TemplateNode[])[] {
  return "body" in node ? [node.body, ...("otherwise" in node ? [node.otherwise] : [])] : [];
}

function labelsIn(nodes: readonly TemplateNode[], outer: Holders, dotHolds: boolean): readonly string[] {
  let holders = outer;
  return nodes.flatMap((node) => {
    const pipeline = "pipeline" in node ? node.pipeline : undefined;
    const holds = pipeline !== undefined && isLabels(pipeline, holders, dotHolds);
    const found = pipeline ? inPipeline(pipeline, holders, dotHolds) : [];
    if (holds && node.type !== "range") holders = holding(holders, pipeline);
    const [body = [], otherwise = []] = bodiesOf(node);
    const dotWithin = node.type === "with" ? holds : node.type === "if" && dotHolds;
    return [...found, ...labelsIn(body, holders, dotWithin), ...labelsIn(otherwise, holders, dotHolds)];
  });
}

function holding({ field, variables }: Holders, { keptIn }: Pipeline): Holders {
  return { field, variables: new Set([...variables, ...(keptIn?.names ?? [])]) };
}

function inPipeline({ commands }: Pipeline, holders: Holders, dotHolds: boolean): readonly string[] {
  return commands.flatMap((command) => {
    const [first, second, third] = command;
    const indexed =
      first?.type === "function" &&
      first.name === "index" &&
      second &&
      third?.type === "literal" &&
      holdsLabels(second, holders, dotHolds)
        ? [String(third.value)]
        : [];
    return [...indexed, ...command.flatMap((operand) => inOperand(operand, holders, dotHolds))];
  });
}

function inOperand(operand: Operand, holders: Holders, dotHolds: boolean): readonly string[] {
  const label = operand.fields.at(-1);
  const own =
    label !== undefined && holdsLabels({ ...operand, fields: operand.fields.slice(0, -1) }, holders, dotHolds) ? [label] : [];
  return operand.type === "pipeline" ? [...inPipeline(operand.pipeline, holders, dotHolds), ...own] : own;
}

function isLabels({ commands: [command, ...more] }: Pipeline, holders: Holders, dotHolds: boolean): boolean {
  const [operand, ...others] = command ?? [];
  return operand !== undefined && more.length === 0 && others.length === 0 && holdsLabels(operand, holders, dotHolds);
}

/** Whether the operand is the labels themselves: `$labels`, `.Labels`, `$.Labels`, or the dot within `with $labels`. */
function holdsLabels(operand: Operand, holders: Holders, dotHolds: boolean): boolean {
  const [field, ...rest] = operand.fields;
  const isRoot = field === holders.field && rest.length === 0;
  switch (operand.type) {
    case "variable":
      return operand.name === "$" ? isRoot : field === undefined && holders.variables.has(operand.name);
    case "dot":
      return dotHolds ? field === undefined : isRoot;
    case "pipeline":
      return field === undefined && isLabels(operand.pipeline, holders, dotHolds);
    default:
      return false;
  }
}
