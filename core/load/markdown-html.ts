import { Parser } from "htmlparser2";
import { anchorsOf, settleHtml } from "../model/raw-html";

/** What the raw HTML of a Markdown file adds to it. */
export interface MarkdownHtml {
  /** `<h1>` to `<h6>`, with the place in the order of the tokens at which each begins. */
  readonly headings: readonly { readonly level: number; readonly title: string; readonly line: number; readonly token: number }[];
  /** The values of `id`, and of `name` of an `<a>`, which a fragment can lead to. */
  readonly anchors: readonly string[];
  /** Where `href`, `src`, `srcset`, `poster`, and the `data` of an `<object>` lead. */
  readonly links: readonly { readonly text: string; readonly line: number }[];
  /** The lines of `<code>` and `<pre>`. */
  readonly code: readonly { readonly text: string; readonly line: number }[];
}

/** A piece of the file in its order: raw HTML, or text between pieces of it. */
export interface Piece {
  readonly text: string;
  readonly isHtml: boolean;
  readonly line: number;
  readonly token: number;
}

/** Reads raw HTML that is scattered among Markdown: a tag may be closed in another piece than that which opens it. */
export function readHtml(pieces: readonly Piece[]): MarkdownHtml {
  const first = pieces.findIndex(({ text, isHtml }) => isHtml && settleHtml(text).trim() !== ""); // comments tell nothing
  return first < 0 ? { headings: [], anchors: [], links: [], code: [] } : readFrom(pieces.slice(first));
}

function readFrom(pieces: readonly Piece[]): MarkdownHtml {
  const headings: { level: number; title: string; line: number; token: number }[] = [];
  const anchors: string[] = [];
  const links: { text: string; line: number }[] = [];
  const code: { text: string; line: number }[] = [];
  let openCode: { text: string; line: number }[] | undefined;
  let open: (typeof headings)[number] | undefined;
  let at = { line: 1, token: 0, start: 0, text: "" };
  const lineOf = (index: number): number => at.line + countLines(at.text.slice(0, Math.max(index - at.start, 0)));
  const parser = new Parser({
    onopentag(name, attributes) {
      const { href, src, srcset = "", poster } = attributes;
      const data = name === "object" ? attributes["data"] : undefined;
      const line = lineOf(parser.startIndex);
      if (isCode(name)) openCode ??= [];
      anchors.push(...anchorsOf(name, attributes));
      const choices = srcset.split(/,\s+/).map((choice) => choice.trim().split(/\s/, 1)[0] ?? "");
      const leadsTo = [href, src, poster, data, ...choices.filter((choice) => choice !== "")];
      links.push(...leadsTo.flatMap((text) => (text === undefined ? [] : [{ text, line }])));
      if (/^h[1-6]$/.test(name)) open = { level: Number(name[1]), title: "", line, token: at.token };
    },
    ontext(text) {
      if (open) open.title += text;
      const first = lineOf(parser.startIndex);
      openCode?.push(...text.split("\n").map((line, offset) => ({ text: line.trim(), line: first + offset })));
    },
    onclosetag(name, isImplied) {
      if (isCode(name)) {
        if (!isImplied) code.push(...(openCode ?? [])); // what nothing closes would be all the rest
        openCode = undefined;
      }
      if (!open || !/^h[1-6]$/.test(name)) return;
      headings.push({ ...open, title: open.title.trim().replace(/\s+/g, " ") });
      open = undefined;
    },
  });
  let start = 0;
  for (const { text, isHtml, line, token } of pieces) {
    if (isHtml) links.push(...framesIn(text, line));
    const written = isHtml ? settleHtml(text) : text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    at = { line, token, start, text: written };
    parser.write(written);
    start += written.length;
  }
  parser.end();
  return { headings, anchors, links, code: code.filter(({ text }) => text !== "") };
}

/** Where frames lead: GitHub shows their tags as text, and others what they frame. */
function framesIn(html: string, line: number): MarkdownHtml["links"] {
  const shown = html.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ""));
  return [...shown.matchAll(/<iframe\b(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi)].flatMap(({ 0: tag, index }) => {
    const [, double, single, plain] = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag) ?? [];
    const text = double ?? single ?? plain;
    return text === undefined ? [] : [{ text, line: line + countLines(shown.slice(0, index)) }];
  });
}

function isCode(element: string): boolean {
  return element === "code" || element === "pre";
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
