import { stringValue } from "../promql/string";
import { TemplateError, type Token } from "./lexer";

/** What an action is made of. */
export type Operand = (
  | { readonly type: "literal"; readonly value: string | number | bigint | boolean }
  | { readonly type: "nil" }
  | { readonly type: "dot" }
  | { readonly type: "variable"; readonly name: string }
  | { readonly type: "function"; readonly name: string }
  | { readonly type: "pipeline"; readonly pipeline: Pipeline }
) & { readonly fields: readonly string[] };

/** Commands of which each takes what the one before it gives as its last argument. */
export interface Pipeline {
  /** The variables that it is kept in, newly made or known already; two of them in a range only. */
  readonly keptIn?: { readonly names: readonly string[]; readonly isNew: boolean };
  readonly commands: readonly (readonly Operand[])[];
}

const fields: readonly string[] = [];

/** The pipeline of an action, or of the block that the keyword begins. */
export function parsePipeline(tokens: readonly Token[], keyword = ""): Pipeline {
  const sign = tokens.findIndex(({ word }) => word === ":=" || word === "=");
  const names = tokens.slice(0, Math.max(0, sign));
  const areNames = names.every(({ kind, word }, at) => (at % 2 === 0 ? kind === "variable" : word === ","));
  const most = keyword === "range" ? 3 : 1;
  if (sign < 0 || !areNames) return { commands: parseCommands(tokens, keyword) };
  if (names.length === 0 || names.length > most)
    throw new TemplateError(`"${tokens[sign]?.word ?? ""}" needs one variable before it`);
  return {
    keptIn: { names: names.flatMap(({ kind, word }) => (kind === "variable" ? [word] : [])), isNew: tokens[sign]?.word === ":=" },
    commands: parseCommands(tokens.slice(sign + 1), keyword),
  };
}

function parseCommands(tokens: readonly Token[], keyword: string): Pipeline["commands"] {
  let position = 0;
  const commands = (isNested: boolean): Pipeline["commands"] => {
    const all: Operand[][] = [[]];
    for (let token = tokens[position]; token; token = tokens[position]) {
      position += 1;
      const command = all.at(-1) ?? [];
      if (token.word === ")" && isNested) return checked(all, "(");
      if (token.word === "|") {
        all.push([]);
        continue;
      }
      const last = command.at(-1);
      if (token.kind === "field" && token.followsDirectly && last && position > 1) {
        command.splice(-1, 1, withField(last, token.word));
        continue;
      }
      if (command.length > 0 && token.followsDirectly) throw new TemplateError(`"${token.word}" follows directly on an argument`);
      command.push(token.word === "(" ? { type: "pipeline", pipeline: { commands: commands(true) }, fields } : operandOf(token));
    }
    if (isNested) throw new TemplateError('a "(" is not closed');
    return checked(all, keyword);
  };
  return commands(false);
}

function withField(operand: Operand, word: string): Operand {
  const isBare = operand.type === "dot" && operand.fields.length === 0;
  if (isBare || ["literal", "nil", "function"].includes(operand.type))
    throw new TemplateError(`"${word}" is asked of what has no fields`);
  return { ...operand, fields: [...operand.fields, word.slice(1)] };
}

/** Go takes a "|" at the end for nothing. */
function checked(commands: readonly (readonly Operand[])[], keyword: string): readonly (readonly Operand[])[] {
  const all = commands.length > 1 && commands.at(-1)?.length === 0 ? commands.slice(0, -1) : commands;
  if (all.length === 1 && all[0]?.length === 0)
    throw new TemplateError(keyword === "(" ? '"()" is empty' : `"{{ ${keyword}${keyword && " "}}}" is empty`);
  if (all.some((command) => command.length === 0)) throw new TemplateError("a command is missing");
  const idle = all
    .slice(1)
    .find(
      ([first]) => first?.type === "literal" || first?.type === "nil" || (first?.type === "dot" && first.fields.length === 0),
    );
  if (idle) throw new TemplateError('what follows on a "|" is no function');
  return all;
}

function operandOf({ kind, word }: Token): Operand {
  switch (kind) {
    case "dot":
      return { type: "dot", fields };
    case "field":
      return { type: "dot", fields: [word.slice(1)] };
    case "variable":
      return { type: "variable", name: word, fields };
    case "string":
      return { type: "literal", value: stringValue(word), fields };
    case "character":
      return { type: "literal", value: characterOf(word), fields };
    case "number":
      return { type: "literal", value: numberOf(word), fields };
    case "word":
      if (word === "true" || word === "false") return { type: "literal", value: word === "true", fields };
      return word === "nil" ? { type: "nil", fields } : { type: "function", name: word, fields };
    case "sign":
      throw new TemplateError(`"${word}" is no part of an action`);
  }
}

/** Go's rune: the number of a character. */
function characterOf(word: string): bigint {
  const [only, ...more] = stringValue(word);
  if (only === undefined || more.length > 0)
    throw new TemplateError(`${word} is no single character; a text stands in double quotes`);
  return BigInt(only.codePointAt(0) ?? 0);
}

const wholeNumber = /^(?:0|[1-9](?:_?\d)*|0_?[0-7](?:_?[0-7])*|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0[xX](?:_?[0-9A-Fa-f])+)$/;
const fraction = /^(?:\d(?:_?\d)*)?\.?(?:\d(?:_?\d)*)?(?:[eE][-+]?\d(?:_?\d)*)?$/;

function numberOf(word: string): number | bigint {
  const sign = word.startsWith("-") ? -1 : 1;
  const digits = word.replace(/^[-+]/, "");
  const plain = digits.replaceAll("_", "");
  if (wholeNumber.test(digits)) return BigInt(sign) * BigInt(/^0\d/.test(plain) ? `0o${plain.slice(1)}` : plain);
  if (fraction.test(digits) && /[.eE]/.test(digits) && Number.isFinite(Number(plain))) return sign * Number(plain);
  throw new TemplateError(`"${word}" is no part of an action`);
}
