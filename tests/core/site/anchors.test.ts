import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";
import type { RunbookDocument } from "../../../core/model/runbook";
import { renderPage } from "../../../core/site/page";
import { runbookPage } from "../../../core/site/pages/runbook-page";
import { randomFrom } from "../../random";
import { devContent } from "../../site/served";

const content = devContent();

/** The ids of a runbook's page: those of its text, and the page's own. */
function idsOf(document: RunbookDocument): { readonly text: readonly string[]; readonly own: readonly string[] } {
  const model = { ...content.model, runbooks: [document] };
  const page = renderPage(runbookPage(document, { ...content, model }), content);
  const unescape = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const all = [...page.matchAll(/<([a-z][a-z0-9]*)\b[^<>]* id="([^"]*)"/g)].map(([, tag = "", id = ""]) => ({
    tag,
    id: unescape(id),
  }));
  const isOwn = ({ tag }: { readonly tag: string }): boolean => ["main", "input", "ul"].includes(tag);
  return {
    own: all.filter(isOwn).map(({ id }) => id),
    text: all
      .filter((each) => !isOwn(each))
      .map(({ id }) => id)
      .sort(),
  };
}

/** What the checks take for an anchor. */
function known({ headings, anchors }: RunbookDocument): readonly string[] {
  return [...new Set([...headings.map(({ slug }) => slug), ...anchors])].sort();
}

function assertSame(document: RunbookDocument): void {
  const { text, own } = idsOf(document);
  assert.deepEqual(text, known(document), document.text);
  assert.equal(new Set(own).size, 3, document.text);
  assert.deepEqual(
    own.filter((id) => text.includes(id)),
    [],
    document.text,
  );
}

const texts: Readonly<Record<string, string>> = {
  "an anchor before a heading": '# A\n\n<a id="old"></a>\n\n## Title\n',
  "an anchor by its name": '# A\n\n<a name="old">words</a>\n',
  "an anchor in a heading": '# A\n\n## <a id="old"></a>Title <a name="older"></a>\n',
  "a heading of raw HTML with an id": '# A\n\n<h3 id="old">Title</h3>\n',
  "a heading of raw HTML with an id and code": '# A\n\n<h2 id="old" align=center>A <code>b</code></h2>\n',
  "elements that the page does not have":
    '<div id="box">\n\n## In it\n\n</div>\n\n<section id=s><details id="more"><summary id="sum">x</summary></details></section>\n',
  "elements that hold nothing": 'a <img id="picture" src="none.png"> b <br id="break"> c <input id="field" name="no">\n',
  "a name that is none of an anchor": '<meta name="no"> <form name="no"></form> x\n',
  "a table": '<table id="t"><tr id="row"><td id="cell">x</td></tr></table>\n',
  "an anchor in a list, in a quotation, in a cell":
    '- <a id="one"></a>x\n\n> <a id="two"></a>y\n\n| a |\n|-|\n| <a id="three"></a>z |\n',
  "an anchor of the name that a heading has": '<a id="title"></a>\n\n## Title\n\n## Title\n\n<a id="title-1"></a>\n',
  "an anchor twice": '<a id="x"></a> <a id="x"></a> <a name="x" id="x"></a>\n',
  "an anchor in code and in a comment":
    '`<a id="no">`\n\n```html\n<a id="no">\n```\n\n<!-- <a id="no"> -->\n\n<p><!-- <a id="no"> --> <a id="yes"></a></p>\n',
  "signs in an anchor": `<a id="a&quot;b<c>'d"></a> <a id='e"f'></a> <a id="über-größe"></a>\n`,
  "what swallows what follows it": '<textarea>\n\n## A\n\n<script>\n\n## B\n\n<style>\n\n<title>\n\n## C <a id="c2"></a>\n',
  "a comment that does not end": "<div> <!-- x\n\n## A\n",
  "a tag that does not end": '<div class="\n\n## A\n\n<a id="b"></a>\n',
  "a page within": '## A\n\n<html><body id="body">\n\n## B\n\n</body></html>\n\n## C\n',
  "headings named as parts of a page are":
    "# Search\n\n## Content\n\n## Found\n\n## Found 0\n\n## Page\n\n## Arrow\n\n## page:content\n\n## Situations\n",
  "anchors named as the page's own": '<a id="page:content"></a> <a id="page::search"></a> <a id="content"></a>\n\n## A\n',
  "the headings of one name of both kinds": '## A\n\n<h2 id="a">A</h2>\n\n## A\n',
  "raw headings, of which one is closed elsewhere": '<blockquote id="q">\n\n## A\n\n<h3 id="b">B</h3>\n\n</blockquote>\n',
};

describe("the anchors of a runbook's page are those that the checks know", () => {
  for (const [what, text] of Object.entries(texts)) it(what, () => assertSame(readMarkdown("mc/some.md", text)));

  it("this project's runbooks", () => {
    for (const document of content.model.runbooks) assertSame(document);
  });

  it("texts put together from pieces, in any order", () => {
    const next = randomFrom(7);
    const pieces = Object.values(texts).flatMap((text) => text.split(/(?<=\n)\n/));
    for (let round = 0; round < 150; round++) {
      const chosen = Array.from({ length: 6 }, () => pieces[Math.floor(next() * pieces.length)] ?? "");
      assertSame(readMarkdown("mc/some.md", chosen.join("\n")));
    }
  });
});
