import { readQuery } from "../promql-syntax";
import { parseTemplate, TemplateError, type Operand, type Pipeline, type TemplateNode } from "./syntax";

/**
 * The queries that a template asks when its alert fires: `query "…"`, `"…" | query`, and those that printf makes, in which any
 * value stands where a label's will. None of a text that is no template, and none that is refused with it.
 */
export function templateQueries(text: string): readonly string[] {
  return text.includes("query") && text.includes("{{") ? read(text) : [];
}

const known = new Map<string, readonly string[]>();

function read(text: string): readonly string[] {
  const found = known.get(text) ?? parse(text);
  known.set(text, found);
  return found;
}

function parse(text: string): readonly string[] {
  try {
    return [...new Set(inNodes(parseTemplate(text)))];
  } catch (error) {
    if (error instanceof TemplateError) return [];
    throw error;
  }
}

function inNodes(nodes: readonly TemplateNode[]): readonly string[] {
  return nodes.flatMap((node) => [
    ...("pipeline" in node ? inPipeline(node.pipeline) : []),
    ...("body" in node ? inNodes(node.body) : []),
    ...("otherwise" in node ? inNodes(node.otherwise) : []),
  ]);
}

function inPipeline({ commands }: Pipeline): readonly string[] {
  return commands.flatMap((command, position) => {
    const [first, argument] = command;
    const isAsked = first?.type === "function" && first.name === "query";
    const asked = isAsked ? (argument ? textOfOperand(argument) : textOfCommand(commands[position - 1] ?? [])) : undefined;
    const nested = command.flatMap((operand) => (operand.type === "pipeline" ? inPipeline(operand.pipeline) : []));
    // What is written as the argument and is no PromQL is refused with the template.
    const isRefused = argument?.type === "literal" && asked !== undefined && readQuery(asked).errors.length > 0;
    return asked === undefined || isRefused ? nested : [asked, ...nested];
  });
}

function textOfOperand(operand: Operand): string | undefined {
  if (operand.type === "pipeline") {
    const [command = [], ...more] = operand.pipeline.commands;
    return more.length === 0 ? textOfCommand(command) : undefined;
  }
  return operand.type === "literal" && typeof operand.value === "string" ? operand.value : undefined;
}

function textOfCommand([first, ...rest]: readonly Operand[]): string | undefined {
  if (!first) return undefined;
  if (first.type !== "function") return rest.length === 0 ? textOfOperand(first) : undefined;
  const [format] = rest;
  return first.name === "printf" && format ? filledIn(textOfOperand(format)) : undefined;
}

/** Any value in place of those that are filled in; undefined where something else than a label's value is. */
function filledIn(format: string | undefined): string | undefined {
  const filled = format?.replace(/(?:=~|!~|!=|=)\s*(?:(["'`])(?:(?!\1).)*?%(?!%)[^"'`]*\1|%q)/g, '=~".+"').replaceAll("%%", "\0");
  return filled === undefined || filled.includes("%") ? undefined : filled.replaceAll("\0", "%");
}
