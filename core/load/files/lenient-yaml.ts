import { LineCounter, parseAllDocuments, type Document } from "yaml";

/** So many texts of a file are moved, and so many lines looked through for where each begins: more is no slip of a hand. */
const [mostMoves, mostLines] = [50, 50];

/** The documents of a text. */
interface Parsed {
  /** The text that was read: the same, but for lines that were moved to the right. */
  readonly text: string;
  readonly documents: readonly Document[];
  readonly lines: LineCounter;
}

let last: Parsed | undefined;

/**
 * The documents of a text, read as Prometheus and Kubernetes read it: they let a text in quotes go on in a line that is
 * indented no further than its key. YAML asks for more, so that such a line is moved to the right, which changes nothing else.
 */
export function parseYaml(text: string): Parsed {
  if (last?.text === text) return last; // what was read is located next
  let parsed = parse(text);
  for (let moves = 0; moves < mostMoves; moves += 1) {
    const moved = withoutShallowLines(parsed);
    if (moved === undefined) break;
    parsed = parse(moved);
  }
  last = parsed;
  return parsed;
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: "silent",
    uniqueKeys: true,
  });
  return { text, documents: Array.isArray(parsed) ? parsed : [], lines };
}

/** With the first text in quotes that goes on too far to the left moved; undefined where there is none. */
function withoutShallowLines({ text, documents }: Parsed): string | undefined {
  const error = documents.flatMap(({ errors }) => errors).find(({ code }) => code === "MISSING_CHAR");
  const quoted = error && quotedAround(text, error.pos[0]);
  if (!quoted) return undefined;
  const moved = quoted.text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(quoted.indent + 1)}`);
  return text.slice(0, quoted.from) + moved + text.slice(quoted.from + quoted.text.length);
}

interface Quoted {
  readonly from: number;
  readonly text: string;
  readonly indent: number;
}

/** The text in quotes that begins in this line, or in one above it, and ends below. */
function quotedAround(text: string, at: number): Quoted | undefined {
  for (let end = at, tries = 0; end >= 0 && tries < mostLines; tries += 1) {
    const begin = text.lastIndexOf("\n", end - 1) + 1;
    const [, before = "", quote = ""] = /^([\s-]*?(?:[^\s"'#-][^"'\n]*:[ \t]+)?)(["'])/.exec(text.slice(begin, end + 1)) ?? [];
    const rest = text.slice(begin + before.length);
    const [whole = ""] = (quote === '"' ? /^"(?:\\[^]|[^"\\])*"/ : /^'(?:''|[^'])*'/).exec(rest) ?? [];
    if (quote !== "" && begin + before.length + whole.length > at)
      return { from: begin + before.length, text: whole, indent: /^[ -]*/.exec(before)?.[0].length ?? 0 };
    end = begin - 1;
  }
  return undefined;
}
