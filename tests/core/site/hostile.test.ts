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
    images: new Set(["mc/a b.png", "gc/chart.svg"]),
    heading: ({ level, slug }, content) => html`<h${level} id="${slug}">${content}</h${level}>`,
    fence: ({ code }) => html`<pre>${code}</pre>`,
  }).html;
}

const elements =
  /<(?!\/?(?:h[1-6]|p|a|b|strong|i|em|s|del|ins|mark|small|sub|sup|kbd|samp|var|code|pre|blockquote|ul|ol|li|dl|dt|dd|hr|br|table|thead|tbody|tr|th|td|abbr)\b|span id="[^"]*">|\/span>)[^>]*>/;

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

describe("a hostile image", () => {
  const still = '<img src="../a%20b.png" alt="';
  const rows: readonly (readonly [text: string, markup: string])[] = [
    [
      '<img src="a b.png" alt="x" onerror="window.hacked=1" style="x" id="content" class="search">',
      `<span id="content"></span>${still}x" />`,
    ],
    ['<img src="a b.png" srcset="https://stolen.example/x 1x" alt="x" loading="eager">', `${still}x" />`],
    [
      '<img src="a b.png" alt="&quot;><script>window.hacked=1</script>">',
      `${still}&quot;&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;" />`,
    ],
    ['!["><script>window.hacked=1</script>](a%20b.png)', `${still}&quot;&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;" />`],
    ['<img src="a b.png" alt="x" width="100%" height="40">', `${still}x" height="40" />`],
    ["<picture><source srcset=/stolen.png><img src='a b.png' alt=x></picture>", `${still}x" />`],
    ["![x](../mc/a%20b.png?a=javascript:1#b)", `${still}x" />`],
    ["![x](/mc/a%20b.png)", "<em>x</em>"],
    ["![x](../../assets/icon.svg)", "<em>x</em>"],
    ["![x](..%2F..%2Fassets%2Ficon.svg)", "<em>x</em>"],
    ["![x](none.png)", "<em>x</em>"],
    ["![x](other.html)", "<em>x</em>"],
    ["![x](//stolen.example/a.png)", "<em>x</em>"],
    ["<img src='\\\\stolen.example\\a.png' alt=x>", "<em>x</em>"],
    ["<img src=' https://stolen.example/a.png' alt=x>", "<em>x</em>"],
    ["<img src='data:image/svg+xml,<svg onload=window.hacked=1>' alt=x>", "<em>x</em>"],
    ["<img src='javascript:window.hacked=1' alt=x>", "<em>x</em>"],
    [
      "<img src='https://stolen.example/a.png' alt='<b>x</b>'>",
      '<a href="https://stolen.example/a.png" rel="noopener noreferrer">&lt;b&gt;x&lt;/b&gt;</a>',
    ],
  ];
  for (const [text, markup] of rows)
    it(`comes to an image of the site, a link, or its words: ${text}`, () => {
      assert.equal(rendered(`before ${text} after`), `<p>before ${markup} after</p>\n`);
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
    ["shows an image of the site", '![A *b*](<a b.png> "T")', /^<p><img src="\.\.\/a%20b\.png" alt="A b" title="T" \/><\/p>/],
    ["shows an image of another service", "![x](../gc/chart.svg)", /<img src="\.\.\/\.\.\/gc\/chart\.svg" alt="x" \/>/],
    ["shows an image in a heading", "## A ![x](a%20b.png)", /<h2 id="a-">A <img src="\.\.\/a%20b\.png" alt="x" \/><\/h2>/],
    ["leads to an image of the site", "[large](a%20b.png)", /<a href="\.\.\/a%20b\.png">large<\/a>/],
    [
      "leads to an image elsewhere",
      "![x](https://example.com/a.png)",
      /^<p><a href="https:\/\/example\.com\/a\.png" rel="noopener noreferrer">x<\/a><\/p>/,
    ],
    [
      "keeps the words of an image elsewhere that is a link",
      "[![x](https://a.example/b.png)](https://example.com/)",
      /<a href="https:\/\/example\.com\/" rel="noopener noreferrer">x<\/a><\/p>/,
    ],
    [
      "shows an image of the site in a link",
      "[![x](a%20b.png)](#a)",
      /<a href="#a"><img src="\.\.\/a%20b\.png" alt="x" \/><\/a>/,
    ],
    ["names an image elsewhere that has no words", "![](https://example.com/a.png)", />https:\/\/example\.com\/a\.png<\/a>/],
    [
      "gives a heading of raw HTML its anchor",
      "<h2 align=center>A <code>b</code> &amp; c</h2>",
      /^<h2 id="a-b--c">A <code>b<\/code> &amp; c<\/h2>/,
    ],
    ["counts headings of both kinds on", "## A\n\n<h2>A</h2>\n\n## A", /id="a">A[^]*id="a-1">A[^]*id="a-2">A/],
    ["reads Markdown in a heading of raw HTML", "<h2>\n\n*A* b\n\n</h2>", /<h2 id="a-b">\s*<p><em>A<\/em> b<\/p>\s*<\/h2>/],
    ["keeps a block within a heading of raw HTML", "<h2>\n\n```\nup\n```\n\n</h2>", /<h2>\s*<pre>up<\/pre>\s*<\/h2>/],
    ["keeps a heading within raw HTML", "<blockquote>\n\n## A\n\n<h3>B</h3>", /<h2 id="a">A<\/h2>[^]*<h3 id="b">B<\/h3>/],
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
