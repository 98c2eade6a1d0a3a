import { createHash } from "node:crypto";
import { posix } from "node:path";
import { unescape } from "node:querystring";
import { Parser } from "htmlparser2";
import MarkdownIt from "markdown-it";
import sanitizeHtml from "sanitize-html";
import { withoutFrontMatter } from "../model/front-matter";
import { withoutFootnotes } from "../model/footnotes";
import { settleHtml } from "../model/raw-html";
import type { Fence, Heading, RunbookDocument } from "../model/runbook";
import { linkBetween, addressOf } from "./address";
import { AnchorMarks } from "./anchor-marks";
import { trusted, type Html } from "./html";
import { showImage, type ImagePlaces } from "./runbook-image";

/** What a runbook's page puts in place of parts of its Markdown. */
export interface RunbookParts extends ImagePlaces {
  /** The paths of the runbooks that are on the site. */
  readonly paths: ReadonlySet<string>;
  readonly heading: (heading: Heading, text: Html) => Html;
  readonly fence: (fence: Pick<Fence, "info" | "language" | "code" | "attributes">) => Html;
}

const markdown = new MarkdownIt({ html: true });

type Token = ReturnType<typeof markdown.parse>[number];

/**
 * A runbook as markup. Its anchors are those of the document as it was read: this knows no way to make one. Raw HTML goes
 * through a sanitizer, as does everything else that comes from the text.
 * @throws Error when the text has other headings than the document that was read from it.
 */
export function runbookMarkup({ path, text, headings: all }: RunbookDocument, parts: RunbookParts): Html {
  const headings = all.filter(({ isHtml }) => isHtml !== true);
  // What the text itself cannot hold marks our own elements in it until it is sanitized.
  const mark = createHash("sha256").update(text).digest("hex");
  const tokens = settled(markdown.parse(withoutFrontMatter(text), withoutFootnotes()));
  const anchors = new AnchorMarks(mark, new Set(all.map(({ slug }) => slug)));
  const clean = (markup: string): string => sanitize(anchors.mark(markup), mark, (image) => showImage(path, parts, image));
  const own = new Map<string, string>();
  const keep = (markup: string): string => {
    const key = `${mark}-${own.size}`;
    own.set(key, markup);
    return key;
  };
  const titles = tokens.flatMap((token, place) => (token.type === "heading_open" ? [tokens[place + 1]] : []));
  if (titles.length !== headings.length)
    throw new Error(`runbooks/${path} is rendered with ${titles.length} headings, and was read with ${headings.length}.`);
  let number = 0;
  for (const { children } of tokens) {
    for (const part of children ?? []) if (part.type === "link_open") rewriteLink(part, path, parts);
    unlinkImages(children ?? []);
  }
  for (const [place, token] of tokens.entries()) {
    if (token.type === "fence") replaceFence(token, keep(parts.fence(readFence(token)).html));
    if (token.type === "heading_open") {
      const heading = headings[number++];
      const inline = tokens[place + 1];
      if (heading && inline) replaceHeading({ token, inline }, clean, (text) => keep(parts.heading(heading, text).html));
    }
  }
  const rendered = withRawHeadings(clean(markdown.renderer.render(tokens, markdown.options, {})), all, parts);
  const whole = rendered.replace(
    new RegExp(`<(h[1-6]|pre) data-own="(${mark}-\\d+)">([^]*?)</\\1>`, "g"),
    (_, _tag, key: string) => own.get(key) ?? "",
  );
  return trusted(anchors.show(whole));
}

/** Raw HTML as the document was read. */
function settled(tokens: Token[]): Token[] {
  for (const token of tokens.flatMap((each) => [each, ...(each.children ?? [])]))
    if (token.type === "html_block" || token.type === "html_inline") token.content = settleHtml(token.content);
  return tokens;
}

/** Headings of raw HTML are found again by their words, which the document as it was read has in the same order. */
function withRawHeadings(markup: string, headings: readonly Heading[], { heading: draw }: RunbookParts): string {
  const left = headings.filter(({ isHtml }) => isHtml === true);
  // Without a heading or a block of our own in it: those have an attribute.
  return markup.replace(/<(h[1-6])>((?:(?!<h[1-6][ >]|<pre )[^])*?)<\/\1>/g, (whole, tag: string, inner: string) => {
    const words = textOf(inner);
    const place = left.findIndex(({ level, title }) => tag === `h${level}` && title === words);
    const [found] = place < 0 ? [] : left.splice(0, place + 1).slice(-1);
    return found ? draw(found, trusted(inner)).html : whole;
  });
}

function replaceFence(token: Token, key: string): void {
  token.type = "html_block";
  token.content = `<pre data-own="${key}"></pre>\n`;
  token.children = null;
}

interface HeadingTokens {
  readonly token: Token;
  readonly inline: Token;
}

/** `keep` answers with the key by which the heading is found again. */
function replaceHeading({ token, inline }: HeadingTokens, clean: (markup: string) => string, keep: (text: Html) => string): void {
  token.attrSet("data-own", keep(trusted(clean(markdown.renderer.render([inline], markdown.options, {})))));
  inline.children = [];
}

/** A link to another runbook leads to its page; one to the world outside opens without telling whence. */
function rewriteLink(token: Token, from: string, { file, paths, images }: RunbookParts): void {
  const href = String(token.attrGet("href") ?? "");
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return;
  const [target = "", fragment] = href.split("#", 2);
  const path = target === "" ? from : posix.join(posix.dirname(from), unescape(target));
  const address = addressOf.runbook(path, fragment === undefined ? undefined : unescape(fragment));
  const image = images.has(path) ? linkBetween(file, addressOf.image(path)) : "";
  token.attrSet("href", paths.has(path) ? linkBetween(file, address) : image);
}

/** An image from elsewhere becomes a link; where it is within one already, its words are the words of that. */
function unlinkImages(parts: readonly Token[]): void {
  let isLinked = false;
  for (const part of parts) {
    if (part.type === "link_open" || part.type === "link_close") isLinked = part.type === "link_open";
    if (!isLinked || part.type !== "image" || !/^https?:/i.test(String(part.attrGet("src")))) continue;
    part.type = "text";
    part.content = markdown.renderer.renderInlineAsText(part.children ?? [], markdown.options, {});
  }
}

function readFence(token: Token): Pick<Fence, "info" | "language" | "code" | "attributes"> {
  const info = token.info.trim();
  const [language = "", ...words] = info.split(/\s+/);
  const pairs = words.map((word) => word.split("=", 2)).filter(([, value]) => value !== undefined);
  return {
    info,
    language,
    attributes: Object.fromEntries(pairs.map(([key, value]) => [String(key), String(value)])),
    code: token.content.replace(/\n$/, ""),
  };
}

/** Elements of text, and marks of our own. Neither classes nor styles, which could take the place of the page's own. */
function sanitize(markup: string, mark: string, image: (attribs: sanitizeHtml.Attributes) => sanitizeHtml.Tag): string {
  const ours = (tagName: string, attribs: Readonly<Record<string, string>>) => {
    const { "data-own": own = "" } = attribs;
    return { tagName, attribs: own.startsWith(`${mark}-`) ? { "data-own": own } : {} };
  };
  const headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
  return sanitizeHtml(markup, {
    allowedTags: [
      ...headings,
      ...[
        "p",
        "a",
        "img",
        "b",
        "strong",
        "i",
        "em",
        "s",
        "del",
        "ins",
        "mark",
        "small",
        "sub",
        "sup",
        "kbd",
        "samp",
        "var",
        "code",
        "pre",
        "span",
      ],
      ...["blockquote", "ul", "ol", "li", "dl", "dt", "dd", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "abbr"],
    ],
    allowedAttributes: {
      a: ["href", "rel"],
      img: ["src", "alt", "title", "width", "height"],
      ol: ["start"],
      th: ["align"],
      td: ["align"],
      ...Object.fromEntries([...headings, "pre", "span"].map((tag) => [tag, ["data-own"]])),
    },
    allowedSchemes: ["http", "https", "mailto"],
    allowProtocolRelative: false,
    nonTextTags: [], // settleHtml leaves none
    transformTags: {
      a: (tagName, { href = "" }) => ({
        tagName,
        attribs: href === "" ? {} : { href, ...(/^https?:/i.test(href) && { rel: "noopener noreferrer" }) },
      }),
      img: (_, attribs) => image(attribs),
      th: aligned,
      td: aligned,
      pre: ours,
      span: ours,
      ...Object.fromEntries(headings.map((tag) => [tag, ours])),
    },
  });
}

/** The words of sanitized markup. */
function textOf(markup: string): string {
  let text = "";
  new Parser({ ontext: (part) => (text += part) }).end(markup);
  return text.trim().replace(/\s+/g, " ");
}

/** markdown-it aligns cells with a style, which the page's policy does not allow. */
function aligned(tagName: string, { style = "" }: Readonly<Record<string, string>>) {
  const [, align] = /^text-align:(left|right|center)$/.exec(style) ?? [];
  const attribs: Record<string, string> = align === undefined ? {} : { align };
  return { tagName, attribs };
}
