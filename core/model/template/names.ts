import { durationValue } from "../promql/number";
import { regexFault } from "../promql/regex";
import { readQuery } from "../promql-syntax";
import { templateFunctions } from "./functions";
import { TemplateError, type Operand, type Pipeline, type TemplateNode } from "./syntax";
import { typeOfCommand, type Type } from "./types";

interface Known {
  readonly variables: ReadonlySet<string>;
  /** Those that the template has made or set itself. */
  readonly own: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
}

/** What Prometheus sets in front of every template; a template that is defined within it has none of these. */
const given: ReadonlySet<string> = new Set(["$", "$labels", "$externalLabels", "$externalURL", "$value"]);
const dollarOnly: ReadonlySet<string> = new Set(["$"]);

/**
 * Reads a template to its end, also where nothing of it can be tried out.
 * @throws TemplateError for a variable, a function or a template that does not exist, or for too many or too few arguments.
 */
export function checkNames(nodes: readonly TemplateNode[]): void {
  const templates = new Set(nodes.flatMap((node) => (node.type === "define" ? [node.name] : [])));
  checkList(nodes, { variables: given, own: new Set(), templates });
}

function checkList(nodes: readonly TemplateNode[], outer: Known): void {
  let known = outer;
  for (const node of nodes) {
    if (node.type === "text") checkText(node.text);
    if (node.type === "text" || node.type === "break" || node.type === "continue") continue;
    if (node.type === "define") {
      checkList(node.body, { ...outer, variables: dollarOnly });
      continue;
    }
    if (node.type === "template" && !known.templates.has(node.name))
      throw new TemplateError(`there is no template "${node.name}"`);
    const inside = node.pipeline ? checkPipeline(node.pipeline, known) : known;
    if (node.type === "action") known = inside;
    else if (node.type !== "template") {
      checkList(node.body, inside);
      checkList(node.otherwise, inside);
    }
  }
}

function checkText(text: string): void {
  const [written] = /\$(?:labels|externalLabels)\.\w+|\$value\b/.exec(text) ?? [];
  if (written !== undefined) throw new TemplateError(`"${written}" stands outside of "{{ }}", and is printed as it is written`);
}

/** What is known after it. */
function checkPipeline({ keptIn, commands }: Pipeline, known: Known): Known {
  let piped: Type | "nothing" | undefined = "nothing";
  for (const [at, command] of commands.entries()) {
    for (const operand of command) checkOperand(operand, known);
    checkCall(command, at > 0);
    piped = typeOfCommand(command, piped, known.own);
  }
  if (!keptIn) return known;
  if (!keptIn.isNew) for (const name of keptIn.names) checkVariable(name, known);
  return {
    ...known,
    variables: new Set([...known.variables, ...keptIn.names]),
    own: new Set([...known.own, ...keptIn.names]),
  };
}

function checkOperand(operand: Operand, known: Known): void {
  if (operand.type === "variable") checkVariable(operand.name, known);
  if (operand.type === "pipeline") checkPipeline(operand.pipeline, known);
  if (operand.type === "function" && !templateFunctions.has(operand.name))
    throw new TemplateError(`there is no function "${operand.name}"`);
}

function checkVariable(name: string, { variables }: Known): void {
  if (!variables.has(name)) throw new TemplateError(`there is no variable "${name}"`);
}

/** Where the result of the command before it is its last argument. */
function checkCall([first, ...given]: readonly Operand[], isPiped: boolean): void {
  for (const operand of given) if (operand.type === "function") checkCount(operand.name, 0);
  if (first?.type === "nil") throw new TemplateError('"nil" is nothing to print');
  if (first?.type !== "function") return;
  checkCount(first.name, given.length + (isPiped ? 1 : 0));
  const [argument] = given;
  const fault =
    argument?.type === "literal" && typeof argument.value === "string" ? argumentFault(first.name, argument.value) : undefined;
  if (fault !== undefined) throw new TemplateError(`"${first.name}" is given what Prometheus refuses: ${fault}`);
}

/** Patterns, queries and durations that are written out. */
function argumentFault(name: string, text: string): string | undefined {
  if (name === "reReplaceAll" || name === "match") return regexFault(text);
  if (name === "query") return readQuery(text).errors[0]?.message;
  return name === "parseDuration" && durationValue(text) === undefined
    ? `${text} is no duration such as 90s or 1h30m`
    : undefined;
}

/** @throws TemplateError unless the function takes so many arguments. */
export function checkCount(name: string, count: number): void {
  const known = templateFunctions.get(name);
  if (!known) throw new TemplateError(`there is no function "${name}"`);
  const { least, most } = known;
  if (count < least || count > most)
    throw new TemplateError(`"${name}" takes ${least === most ? least : `${least} or more`} arguments, not ${count}`);
}
