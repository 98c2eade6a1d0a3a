import { Cursor } from "../promql/cursor";
import { scanString } from "../promql/string";

/** Why a text is no template of Prometheus, or none that can be tried out here. */
export class TemplateError extends Error {}

/** What Prometheus expands and the rule tests cannot. */
export class UntriedTemplateError extends TemplateError {}

/** A word or sign of an action. */
export interface Token {
  readonly kind: "string" | "character" | "number" | "variable" | "field" | "dot" | "word" | "sign";
  readonly word: string;
  /** `$x.y` are two tokens of which the second follows directly; `f .y` are two operands. */
  readonly followsDirectly: boolean;
}

/** What stands around the actions, or the tokens of one; a comment is none. */
export type Piece =
  { readonly type: "text"; readonly text: string } | { readonly type: "code"; readonly tokens: readonly Token[] };

const forms: readonly (readonly [Token["kind"], RegExp])[] = [
  ["variable", /\$[\p{L}\p{Nd}_]*/uy],
  ["number", /[-+]?(?:\d[\p{L}\p{Nd}_.]*|\.\d[\p{L}\p{Nd}_.]*)(?:(?<=[eEpP])[-+]\d+)?/uy],
  ["field", /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ["dot", /\./y],
  ["word", /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ["sign", /:=|[()|,=]/y],
];

/** The text around the actions, and their tokens, as Go cuts it; a dash beside the braces takes away the white space there. */
export function cutTemplate(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (let start = rest.indexOf("{{"); start >= 0; start = rest.indexOf("{{")) {
    const before = rest.slice(0, start);
    const trimsLeft = /^\{\{-\s/.test(rest.slice(start));
    const inside = rest.slice(start + (trimsLeft ? 4 : 2));
    const { tokens, length, trimsRight } = comment(inside) ?? action(inside, rest.slice(start, start + 20));
    pieces.push({ type: "text", text: trimsLeft ? before.trimEnd() : before });
    if (tokens) pieces.push({ type: "code", tokens });
    rest = inside.slice(length);
    if (trimsRight) rest = rest.trimStart();
  }
  return [...pieces, { type: "text", text: rest }];
}

interface Inside {
  /** Left out of a comment. */
  readonly tokens?: readonly Token[];
  /** With the closing braces. */
  readonly length: number;
  readonly trimsRight: boolean;
}

function comment(text: string): Inside | undefined {
  if (!text.startsWith("/*")) return undefined;
  const [whole, dash] = /^\/\*[^]*?\*\/(\s-)?\}\}/.exec(text) ?? [];
  if (whole === undefined) throw new TemplateError('a comment is not closed by "*/}}"');
  return { length: whole.length, trimsRight: dash !== undefined };
}

function action(text: string, opening: string): Inside {
  const cursor = new Cursor(text);
  const tokens: Token[] = [];
  for (;;) {
    const end = cursor.at;
    cursor.match(/\s*/y);
    const isSpaced = cursor.at > end;
    const trimsRight = isSpaced && text.startsWith("-}}", cursor.at);
    if (trimsRight || text.startsWith("}}", cursor.at)) return { tokens, length: cursor.at + (trimsRight ? 3 : 2), trimsRight };
    if (cursor.at >= text.length || cursor.is("}")) throw new TemplateError(`"${opening}" is not closed`);
    const found = next(cursor);
    if (!found) throw new TemplateError(`"${text.slice(cursor.at, cursor.at + 10)}" is no part of an action`);
    const after = text.slice(cursor.at);
    if (["word", "variable", "field"].includes(found.kind) && !/^(?:[\s.,|:()]|\}\}|$)/.test(after))
      throw new TemplateError(`"${after.slice(0, 10)}" cannot follow directly on "${found.word}"`);
    tokens.push({ followsDirectly: !isSpaced, ...found });
  }
}

function next(cursor: Cursor): Omit<Token, "followsDirectly"> | undefined {
  const start = cursor.at;
  if (`"'\``.includes(cursor.peek())) {
    const kind = cursor.peek() === "'" ? "character" : "string";
    const fault = scanString(cursor);
    if (fault !== undefined) throw new TemplateError(fault);
    return { kind, word: cursor.text.slice(start, cursor.at) };
  }
  for (const [kind, form] of forms) {
    const word = cursor.match(form);
    if (word !== undefined) return { kind, word };
  }
  return undefined;
}
