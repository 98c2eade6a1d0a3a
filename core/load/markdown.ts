import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";
import type { Accepts } from "../model/finding";
import type { Fence, Heading, Located, RunbookDocument } from "../model/runbook";

const markdown = new MarkdownIt({ html: true });

type Token = ReturnType<typeof markdown.parse>[number];

/** Reads a runbook. `path` is its path below `runbooks/`. Anchors are GitHub's. */
export function readMarkdown(path: string, text: string): RunbookDocument {
  const tokens = withLines(markdown.parse(text, {}));
  const inline = tokens.filter((token) => token.type === "inline");
  return {
    path,
    text,
    headings: readHeadings(tokens, text),
    fences: tokens.filter((token) => token.type === "fence").map(readFence),
    links: inline.flatMap((token) => located(token, "link_open", (link) => String(link.attrGet("href") ?? ""))),
    codeSpans: inline.flatMap((token) => located(token, "code_inline", (code) => code.content)),
    steps: readSteps(tokens),
  };
}

/** The parts of a paragraph that have a type, each with the line of the paragraph on which it stands. */
function located(paragraph: Token, type: string, textOf: (part: Token) => string): readonly Located[] {
  let line = lineOf(paragraph);
  return children(paragraph).flatMap((part): Located[] => {
    if (part.type === "softbreak" || part.type === "hardbreak") line += 1;
    return part.type === type ? [{ text: textOf(part), line }] : [];
  });
}

function readHeadings(tokens: readonly Token[], text: string): readonly Heading[] {
  const slugger = new GithubSlugger();
  const lastLine = text.trimEnd().split("\n").length;
  const headings = tokens.flatMap((token, index) => {
    const content = tokens[index + 1];
    if (token.type !== "heading_open" || !content) return [];
    const title = plainText(content);
    return [
      {
        level: Number(token.tag.slice(1)),
        title,
        slug: slugger.slug(title),
        line: lineOf(token),
        accepts: acceptsAfter(tokens, index),
      },
    ];
  });
  return headings.map((heading, index) => {
    const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
    return { ...heading, lastLine: next ? next.line - 1 : lastLine };
  });
}

function readFence(token: Token): Fence {
  const info = token.info.trim();
  const [language = "", ...words] = info.split(/\s+/);
  const pairs = words.map((word) => word.split("=", 2)).filter(([, value]) => value !== undefined);
  const [first = 0, after = 0] = token.map ?? [];
  return {
    info,
    language,
    attributes: Object.fromEntries(pairs.map(([key, value]) => [String(key), String(value)])),
    code: token.content.replace(/\n$/, ""),
    line: first + 1,
    lastLine: after,
  };
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
  return children(token)
    .map(({ type, content }) => (type === "text" || type === "code_inline" || type === "text_special" ? content : ""))
    .join("")
    .trim();
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
