import MarkdownIt from "markdown-it";
import type { Accepts } from "../model/finding";
import { withoutFootnotes } from "../model/footnotes";
import { withoutFrontMatter } from "../model/front-matter";
import { headingAnchors } from "../model/renderer";
import type { Fence, Heading, Located, RunbookDocument } from "../model/runbook";
import { footnoteFaults, type FootnoteFaults } from "./markdown-footnotes";
import { readHtml, type MarkdownHtml, type Piece } from "./markdown-html";

const markdown = new MarkdownIt({ html: true });

type Token = ReturnType<typeof markdown.parse>[number];

/** Reads a runbook. `path` is its path below `runbooks/`. Anchors are GitHub's; front matter is no part of it. */
export function readMarkdown(path: string, text: string): RunbookDocument {
  const source = withoutFrontMatter(text.replace(/\r\n?/g, "\n"));
  const tokens = withLines(markdown.parse(source, withoutFootnotes()));
  const inline = tokens.filter((token) => token.type === "inline");
  const html = readHtml(piecesOf(tokens));
  const footnotes = source.includes("[^") ? footnotesIn(source, tokens, inline) : { undefined: [], unused: [] };
  return {
    path,
    text,
    headings: readHeadings(tokens, source, html),
    anchors: html.anchors,
    fences: tokens.filter((token) => token.type === "fence").map(readFence),
    links: [
      ...located(inline, "link_open", (link) => String(link.attrGet("href") ?? "")),
      ...located(inline, "image", (image) => String(image.attrGet("src") ?? "")),
      ...html.links,
    ].sort((a, b) => a.line - b.line),
    undefinedReferences: [...inline.flatMap(undefinedReferencesIn), ...footnotes.undefined],
    unusedFootnotes: footnotes.unused,
    codeSpans: [
      ...located(inline, "code_inline", (code) => code.content),
      ...tokens.filter(({ type }) => type === "code_block").flatMap(linesOfCode),
      ...html.code,
    ].sort((a, b) => a.line - b.line),
    steps: readSteps(tokens),
  };
}

/** Raw HTML and the text between it, in the order of the file. */
function piecesOf(tokens: readonly Token[]): readonly Piece[] {
  const pieces: Piece[] = [];
  tokens.forEach((token, index) => {
    let line = lineOf(token);
    if (token.type === "html_block") pieces.push({ text: token.content, isHtml: true, line, token: index });
    if (token.type !== "inline") return;
    for (const part of children(token)) {
      const text = isBreak(part) ? "\n" : part.content;
      pieces.push({ text, isHtml: part.type === "html_inline", line, token: index });
      if (isBreak(part)) line += 1;
    }
  });
  return pieces;
}

/**
 * Text that was meant as a link, `[the guide][guide]`, whose definition is missing: Markdown shows it as it is written.
 * What stands in brackets in prose, such as `list[i][j]` or `[a-z][0-9]`, is no such link.
 */
function undefinedReferencesIn(paragraph: Token): readonly Located[] {
  if (!paragraph.content.includes("][")) return [];
  return located([paragraph], "text", ({ content }) => content).flatMap(({ text, line }) =>
    [...text.matchAll(/(?<![\w\])])\[([^[\]]+)\]\[([^[\]]*)\](?![[({*+?\w])/g)].flatMap(([whole, words = "", label = ""]) =>
      paragraph.content.includes(whole) &&
      [words, label || words].every((name) => /[a-z]{2}/i.test(name) && !/^.-.|^[\^\\:]/.test(name))
        ? [{ text: whole, line }]
        : [],
    ),
  );
}

function footnotesIn(source: string, tokens: readonly Token[], inline: readonly Token[]): FootnoteFaults {
  const code = tokens.filter(({ type }) => type === "fence" || type === "code_block").flatMap(({ map }) => (map ? [map] : []));
  const lines = source
    .split("\n")
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text, line }) => text.includes("[^") && !code.some(([first, end]) => line > first && line <= end));
  return footnoteFaults(
    lines,
    located(inline, "text", ({ content }) => content),
  );
}

/** The parts of paragraphs that have a type, each with the line on which it stands. */
function located(paragraphs: readonly Token[], type: string, textOf: (part: Token) => string): readonly Located[] {
  const found: Located[] = [];
  for (const paragraph of paragraphs) {
    let line = lineOf(paragraph);
    for (const part of children(paragraph)) {
      if (isBreak(part)) line += 1;
      if (part.type === type) found.push({ text: textOf(part), line });
    }
  }
  return found;
}

function isBreak({ type }: Token): boolean {
  return type === "softbreak" || type === "hardbreak";
}

function readHeadings(tokens: readonly Token[], text: string, html: MarkdownHtml): readonly Heading[] {
  const lastLine = text.trimEnd().split("\n").length;
  const written = tokens.flatMap((token, index) => {
    const content = tokens[index + 1];
    if (token.type !== "heading_open" || !content) return [];
    const accepts = acceptsAfter(tokens, index);
    const text = plainText(content);
    const shown = textWithImages(content);
    const own = { level: Number(token.tag.slice(1)), title: text.trim(), text, line: lineOf(token), token: index, accepts };
    return [{ ...own, ...(shown !== own.title && { shown }) }];
  });
  const all = [
    ...written,
    ...html.headings.map((heading) => ({ ...heading, text: heading.title, isHtml: true as const, accepts: {} })),
  ].sort((a, b) => a.token - b.token);
  // Behind an image or an anchor, GitHub makes of the space before the first word a dash.
  const slugs = headingAnchors(all.map((heading) => heading.text));
  return all.map((heading, index) => {
    const { level, title, line, accepts } = heading;
    const next = all.slice(index + 1).find((other) => other.level <= level);
    const own = { level, title, slug: slugs[index] ?? "", line, lastLine: next ? next.line - 1 : lastLine, accepts };
    if ("isHtml" in heading) return { isHtml: heading.isHtml, ...own };
    return heading.shown === undefined ? own : { shown: heading.shown, ...own };
  });
}

function readFence(token: Token): Fence {
  const info = token.info.trim();
  const [language = "", ...words] = info.split(/\s+/);
  const pairs = words.map((word) => word.split("=", 2)).filter(([, value]) => value !== undefined);
  const [first = 0, after = 0] = token.map ?? [];
  return {
    info,
    language: language.toLowerCase(), // as GitHub reads it
    attributes: Object.fromEntries(pairs.map(([key, value]) => [String(key), String(value)])),
    code: token.content.replace(/\n$/, ""),
    line: first + 1,
    lastLine: after,
  };
}

function linesOfCode(token: Token): readonly Located[] {
  return token.content
    .split("\n")
    .flatMap((text, offset) => (text.trim() === "" ? [] : [{ text: text.trim(), line: lineOf(token) + offset }]));
}

/** The bold text with which an item of a numbered list begins, without its full stop. */
function readSteps(tokens: readonly Token[]): readonly Located[] {
  return tokens.flatMap((token, index): Located[] => {
    const paragraph = tokens[index + 2];
    if (token.type !== "list_item_open" || token.markup !== "." || paragraph?.type !== "inline") return [];
    const [first, second, third] = children(paragraph).filter(({ type, content }) => type !== "text" || content !== "");
    if (first?.type !== "strong_open" || second?.type !== "text" || third?.type !== "strong_close") return [];
    return [{ text: second.content.replace(/[.:]$/, ""), line: lineOf(paragraph) }];
  });
}

function acceptsAfter(tokens: readonly Token[], heading: number): Accepts {
  const below = tokens.slice(heading + 3);
  const other = below.findIndex(({ type }) => type !== "html_block");
  const html = (other < 0 ? below : below.slice(0, other)).map(({ content }) => content).join("\n");
  const comments = [...html.matchAll(/<!--\s*accept ([a-z-]+):\s*(.+?)\s*-->/gs)];
  return Object.fromEntries(comments.map(([, check, reason]) => [String(check), String(reason)]));
}

/** The text that GitHub's slugger sees: the words of the heading without its markup. */
function plainText(token: Token): string {
  return children(token).map(wordsOf).join("");
}

function wordsOf({ type, content }: Token): string {
  return type === "text" || type === "code_inline" || type === "text_special" ? content : "";
}

/** The words of a heading with those of its images, in their lines, and without footnotes: what other renderers than GitHub see. */
function textWithImages(token: Token): string {
  return children(token)
    .map((part) => (part.type === "image" ? part.content : isBreak(part) ? "\n" : wordsOf(part)))
    .join("")
    .replace(/\[\^[^[\]\s]+\]/g, "");
}

function children(token: Token): readonly Token[] {
  return token.children ?? [];
}

/** Cells of a table have no place of their own: they take that of their row. */
function withLines(tokens: readonly Token[]): readonly Token[] {
  let place: Token["map"] = null;
  for (const token of tokens) {
    place = token.map ?? place;
    token.map = place;
  }
  return tokens;
}

function lineOf(token: Token): number {
  return (token.map?.[0] ?? 0) + 1;
}
