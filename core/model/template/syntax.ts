/** What an action is made of. */
export type Operand = (
  | { readonly type: "literal"; readonly value: string | number | bigint | boolean }
  | { readonly type: "dot" }
  | { readonly type: "variable"; readonly name: string }
  | { readonly type: "function"; readonly name: string }
  | { readonly type: "pipeline"; readonly pipeline: Pipeline }
) & { readonly fields: readonly string[] };

/** Commands of which each takes what the one before it gives as its last argument. */
export interface Pipeline {
  /** The variable that it is kept in, newly made or known already. */
  readonly keptIn?: { readonly name: string; readonly isNew: boolean };
  readonly commands: readonly (readonly Operand[])[];
}

/** A part of a template. */
export type TemplateNode =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "action"; readonly pipeline: Pipeline }
  | {
      readonly type: "if" | "with";
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** Why a text is no template of Prometheus, or none that can be tried out here. */
export class TemplateError extends Error {}

/** What Prometheus expands and the rule tests cannot. */
export class UntriedTemplateError extends TemplateError {}

/** `$x.y` are two tokens of which the second follows directly; `f .y` are two operands. */
interface Token {
  readonly word: string;
  readonly followsDirectly: boolean;
}

type Piece = { readonly type: "text"; readonly text: string } | { readonly type: "code"; readonly tokens: readonly Token[] };

const token =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|:=|\$\w*|\.[A-Za-z_]\w*|[-+]?(?:\d[\w.]*|\.\d\w*)|[A-Za-z_]\w*|[.()|,=]/y;

/** The parts of a Go template as Prometheus reads it. @throws TemplateError that says what is wrong where. */
export function parseTemplate(text: string): readonly TemplateNode[] {
  const pieces = cut(text);
  let position = 0;
  const block = (ends: readonly string[]): { readonly nodes: readonly TemplateNode[]; readonly end: readonly Token[] } => {
    const nodes: TemplateNode[] = [];
    for (let piece = pieces[position]; piece; piece = pieces[position]) {
      position += 1;
      if (piece.type === "text") {
        nodes.push(piece);
        continue;
      }
      const [first, ...rest] = piece.tokens;
      const keyword = first?.word ?? "";
      if (ends.includes(keyword)) return { nodes, end: piece.tokens };
      nodes.push(keyword === "if" || keyword === "with" ? branch(keyword, rest) : action(piece.tokens));
    }
    if (ends.length > 0) throw new TemplateError('an "{{ if }}" or "{{ with }}" has no "{{ end }}"');
    return { nodes, end: [] };
  };
  const branch = (type: "if" | "with", condition: readonly Token[]): TemplateNode => {
    const pipeline = parsePipeline(condition);
    const { nodes: body, end } = block(["else", "end"]);
    if (end[0]?.word === "end") return { type, pipeline, body, otherwise: [] };
    const [, again, ...rest] = end;
    if (again?.word === "if" || again?.word === "with") return { type, pipeline, body, otherwise: [branch(again.word, rest)] };
    return { type, pipeline, body, otherwise: block(["end"]).nodes };
  };
  return block([]).nodes;
}

function action(tokens: readonly Token[]): TemplateNode {
  const keyword = tokens[0]?.word ?? "";
  if (keyword === "else" || keyword === "end") throw new TemplateError(`"{{ ${keyword} }}" ends nothing`);
  if (["range", "define", "template", "block", "break", "continue"].includes(keyword))
    throw new UntriedTemplateError(`"{{ ${keyword} }}" cannot be tried out by the rule tests`);
  return { type: "action", pipeline: parsePipeline(tokens) };
}

/** The text around the actions, and their tokens; a dash beside the braces takes away the white space there. */
function cut(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (let start = rest.indexOf("{{"); start >= 0; start = rest.indexOf("{{")) {
    const before = rest.slice(0, start);
    const trimsLeft = /^\{\{-\s/.test(rest.slice(start));
    const { tokens, after, trimsRight } = code(rest.slice(start + (trimsLeft ? 3 : 2)), rest.slice(start, start + 20));
    pieces.push({ type: "text", text: trimsLeft ? before.trimEnd() : before });
    if (tokens.length > 0) pieces.push({ type: "code", tokens });
    rest = trimsRight ? after.trimStart() : after;
  }
  return [...pieces, { type: "text", text: rest }];
}

interface Code {
  readonly tokens: readonly Token[];
  readonly after: string;
  readonly trimsRight: boolean;
}

function code(text: string, opening: string): Code {
  const comment = /^\s*\/\*[^]*?\*\/\s*?(\s-)?\}\}/.exec(text);
  if (comment) return { tokens: [], after: text.slice(comment[0].length), trimsRight: comment[1] !== undefined };
  const tokens: Token[] = [];
  for (let at = 0; ; at = token.lastIndex) {
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    const trimsRight = start > at && text.startsWith("-}}", start);
    if (trimsRight || text.startsWith("}}", start)) {
      if (tokens.length === 0) throw new TemplateError('"{{ }}" is empty');
      return { tokens, after: text.slice(start + (trimsRight ? 3 : 2)), trimsRight };
    }
    token.lastIndex = start;
    const [word] = token.exec(text) ?? [];
    if (word === undefined) {
      const found = text.slice(start, start + 10);
      throw new TemplateError(found === "" ? `"${opening}" is not closed` : `"${found}" is no part of an action`);
    }
    tokens.push({ word, followsDirectly: start === at });
  }
}

function parsePipeline(tokens: readonly Token[]): Pipeline {
  const [name, sign] = tokens;
  if (name?.word.startsWith("$") && (sign?.word === ":=" || sign?.word === "="))
    return { ...parsePipeline(tokens.slice(2)), keptIn: { name: name.word, isNew: sign.word === ":=" } };
  let position = 0;
  const commands = (isNested: boolean): Pipeline["commands"] => {
    const all: Operand[][] = [[]];
    for (let next = tokens[position]; next; next = tokens[position]) {
      const { word, followsDirectly } = next;
      const command = all.at(-1) ?? [];
      const last = command.at(-1);
      position += 1;
      if (word === ")" && isNested) return checked(all);
      if (word === "|") all.push([]);
      else if (/^\.[A-Za-z_]/.test(word) && followsDirectly && last && last.type !== "literal" && last.type !== "function")
        command.splice(-1, 1, { ...last, fields: [...last.fields, word.slice(1)] });
      else if (word === "(") command.push({ type: "pipeline", pipeline: { commands: commands(true) }, fields: [] });
      else command.push(operand(word));
    }
    if (isNested) throw new TemplateError('a "(" is not closed');
    return checked(all);
  };
  return { commands: commands(false) };
}

/** Go takes a "|" at the end for nothing. */
function checked(commands: readonly (readonly Operand[])[]): readonly (readonly Operand[])[] {
  const all = commands.length > 1 && commands.at(-1)?.length === 0 ? commands.slice(0, -1) : commands;
  if (all.some((command) => command.length === 0)) throw new TemplateError("a command is missing");
  return all;
}

function operand(word: string): Operand {
  const fields: readonly string[] = [];
  if (word === ".") return { type: "dot", fields };
  if (/^\.[A-Za-z_]/.test(word)) return { type: "dot", fields: [word.slice(1)] };
  if (word.startsWith("$")) return { type: "variable", name: word, fields };
  if (word.startsWith("`")) return { type: "literal", value: word.slice(1, -1), fields };
  if (word.startsWith('"')) return { type: "literal", value: unquoted(word), fields };
  if (word === "true" || word === "false") return { type: "literal", value: word === "true", fields };
  if (/^[-+]?\d+$/.test(word)) return { type: "literal", value: BigInt(word), fields };
  if (/^[-+]?[\d.]/.test(word) && Number.isFinite(Number(word))) return { type: "literal", value: Number(word), fields };
  if (/^[A-Za-z_]/.test(word)) return { type: "function", name: word, fields };
  throw new TemplateError(`"${word}" is no part of an action`);
}

function unquoted(word: string): string {
  try {
    return String(JSON.parse(word));
  } catch {
    throw new UntriedTemplateError(`${word} has an escape that cannot be tried out`);
  }
}
