import { cutTemplate, TemplateError, type Token } from "./lexer";
import { parsePipeline, type Pipeline } from "./pipeline";

export { TemplateError, UntriedTemplateError } from "./lexer";
export type { Operand, Pipeline } from "./pipeline";

/** A part of a template. */
export type TemplateNode =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "action"; readonly pipeline: Pipeline }
  | {
      readonly type: "if" | "with" | "range";
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly type: "break" }
  | { readonly type: "continue" }
  | { readonly type: "define"; readonly name: string; readonly body: readonly TemplateNode[] }
  | { readonly type: "template"; readonly name: string; readonly pipeline?: Pipeline };

interface Place {
  readonly isTop: boolean;
  readonly isInRange: boolean;
}

const templates = new Map<string, readonly TemplateNode[]>();

/** The parts of a Go template as Prometheus reads it. A text is read once. @throws TemplateError that says what is wrong where. */
export function parseTemplate(text: string): readonly TemplateNode[] {
  const known = templates.get(text);
  if (known) return known;
  const nodes = parse(text);
  templates.set(text, nodes);
  return nodes;
}

function parse(text: string): readonly TemplateNode[] {
  const pieces = cutTemplate(text);
  let position = 0;
  const list = (
    ends: readonly string[],
    place: Place,
  ): { readonly nodes: readonly TemplateNode[]; readonly end: readonly Token[] } => {
    const nodes: TemplateNode[] = [];
    for (let piece = pieces[position]; piece; piece = pieces[position]) {
      position += 1;
      if (piece.type === "text") {
        nodes.push(piece);
        continue;
      }
      const keyword = piece.tokens[0]?.word ?? "";
      if (ends.includes(keyword)) return { nodes, end: piece.tokens };
      nodes.push(...action(keyword, piece.tokens, place));
    }
    if (ends.length > 0) throw new TemplateError('an "{{ if }}" or "{{ with }}" has no "{{ end }}"');
    return { nodes, end: [] };
  };
  const action = (keyword: string, tokens: readonly Token[], place: Place): readonly TemplateNode[] => {
    const [, ...rest] = tokens;
    switch (keyword) {
      case "if":
      case "with":
      case "range":
        return [branch(keyword, rest, { isTop: false, isInRange: place.isInRange || keyword === "range" })];
      case "else":
      case "end":
        throw new TemplateError(`"{{ ${keyword} }}" ends nothing`);
      case "break":
      case "continue":
        if (!place.isInRange) throw new TemplateError(`"{{ ${keyword} }}" stands outside of "{{ range }}"`);
        nothingMore(keyword, rest);
        return [{ type: keyword }];
      case "define": {
        if (!place.isTop) throw new TemplateError('"{{ define }}" stands within another block');
        nothingMore(keyword, rest.slice(1));
        return [{ type: "define", name: nameIn(keyword, rest), body: body({ isTop: false, isInRange: false }) }];
      }
      case "block": {
        const name = nameIn(keyword, rest);
        const pipeline = parsePipeline(rest.slice(1), keyword);
        return [
          { type: "define", name, body: body({ isTop: false, isInRange: false }) },
          { type: "template", name, pipeline },
        ];
      }
      case "template": {
        const name = nameIn(keyword, rest);
        return [{ type: "template", name, ...(rest.length > 1 && { pipeline: parsePipeline(rest.slice(1), keyword) }) }];
      }
      default:
        return [{ type: "action", pipeline: parsePipeline(tokens) }];
    }
  };
  const body = (place: Place): readonly TemplateNode[] => {
    const { nodes, end } = list(["end"], place);
    nothingMore("end", end.slice(1));
    return nodes;
  };
  const branch = (type: "if" | "with" | "range", condition: readonly Token[], place: Place): TemplateNode => {
    const pipeline = parsePipeline(condition, type);
    const { nodes, end } = list(["else", "end"], place);
    const [keyword, again, ...rest] = end;
    if (keyword?.word === "end" || again === undefined) {
      nothingMore("end", keyword?.word === "end" ? end.slice(1) : []);
      return { type, pipeline, body: nodes, otherwise: keyword?.word === "end" ? [] : body(place) };
    }
    if (again.word !== type || type === "range")
      throw new TemplateError(`"${again.word}" cannot follow on "{{ else" of "{{ ${type} }}"`);
    return { type, pipeline, body: nodes, otherwise: [branch(type, rest, place)] };
  };
  return list([], { isTop: true, isInRange: false }).nodes;
}

function nameIn(keyword: string, [name]: readonly Token[]): string {
  if (name?.kind !== "string") throw new TemplateError(`"{{ ${keyword} }}" needs a name in quotes`);
  return name.word.slice(1, -1);
}

function nothingMore(keyword: string, [token]: readonly Token[]): void {
  if (token) throw new TemplateError(`"${token.word}" cannot follow on "{{ ${keyword}"`);
}
