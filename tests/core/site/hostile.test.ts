import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";
import { html } from "../../../core/site/html";
import { runbookMarkup } from "../../../core/site/runbook-markup";
import { hostileTexts } from "../../site/hostile";

/** A runbook's text as markup, with headings and fences as plain as can be. */
function rendered(text: string): string {
  const document = readMarkdown("mc/hostile.md", text);
  return runbookMarkup(document, {
    file: "runbooks/mc/hostile.md/index.html",
    paths: new Set(["mc/hostile.md", "gc/other.md"]),
    heading: ({ level, slug }, content) => html`<h${level} id="${slug}">${content}</h${level}>`,
    fence: ({ code }) => html`<pre>${code}</pre>`,
  }).html;
}

const elements =
  /<(?!\/?(?:h[1-6]|p|a|b|strong|i|em|s|del|ins|mark|small|sub|sup|kbd|samp|var|code|pre|blockquote|ul|ol|li|dl|dt|dd|hr|br|table|thead|tbody|tr|th|td|abbr)\b)[^>]*>/;

describe("hostile Markdown", () => {
  for (const text of hostileTexts)
    it(`comes to nothing: ${JSON.stringify(text).slice(0, 60)}`, () => {
      const markup = rendered(`# Title\n\n${text}\n\n## ${text.replaceAll("\n", " ")}\n\n- ${text}\n`);
      assert.doesNotMatch(markup, elements);
      const tags = [...markup.matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag);
      for (const tag of tags) {
        assert.doesNotMatch(tag, / (?:on\w+|style|class|src|data-own|target)=/i);
        assert.doesNotMatch(tag, /href="\s*(?:javascript|vbscript|data|\/\/)/i);
      }
    });
});

describe("plain Markdown", () => {
  const rows: readonly (readonly [what: string, text: string, markup: RegExp])[] = [
    [
      "keeps emphasis and code",
      "**bold** *italic* `code <b>`",
      /<strong>bold<\/strong> <em>italic<\/em> <code>code &lt;b&gt;<\/code>/,
    ],
    ["keeps raw HTML of text", "press <kbd>Ctrl</kbd>, H<sub>2</sub>O", /<kbd>Ctrl<\/kbd>, H<sub>2<\/sub>O/],
    ["leads to another runbook's page", "[x](../gc/other.md#a-b)", /<a href="\.\.\/\.\.\/gc\/other\.md\/index\.html#a-b">x<\/a>/],
    ["leads to a place on its own page", "[x](#a-b)", /<a href="#a-b">x<\/a>/],
    [
      "leads out, without telling whence",
      "[x](https://example.com/a?b=c)",
      /<a href="https:\/\/example\.com\/a\?b=c" rel="noopener noreferrer">x<\/a>/,
    ],
    ["keeps the words of a link that leads nowhere", "[words](../../secret.txt)", /<a>words<\/a>/],
    ["numbers a list on", "3. three\n4. four", /<ol start="3">/],
    ["aligns cells without a style", "|a|\n|-:|\n|1|", /<th align="right">a<\/th>/],
    ["keeps comparisons in text", "a < b and c > d & e", /a &lt; b and c &gt; d &amp; e/],
    ["does not take a placeholder of its own from the text", '<pre data-own="x-0">text</pre>', /<pre>text<\/pre>/],
    ["gives a heading the anchor that was read", "## A `b`: *c*!", /<h2 id="a-b-c">A <code>b<\/code>: <em>c<\/em>!<\/h2>/],
    ["counts equal headings on", "## A\n\n## A", /<h2 id="a">A<\/h2>\s*<h2 id="a-1">A<\/h2>/],
    ["keeps umlauts in an anchor", "## Über die Größe", /id="über-die-größe"/],
  ];
  for (const [what, text, markup] of rows)
    it(what, () => {
      assert.match(rendered(text), markup);
    });
});
