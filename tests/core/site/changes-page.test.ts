import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { standingBefore } from "../../../core/site/before";
import type { ComparedCommits, Comparison } from "../../../core/site/comparison";
import { besideEachOther } from "../../../core/site/parts/side-by-side";
import { renderSite } from "../../../core/site/site";
import { hostileTexts } from "../../site/hostile";
import { devContent, someChanges } from "../../site/served";

const content = devContent();
const file = "changes/index.html";

function page(stacks: ComparedCommits["stacks"], before: ReadonlySet<string> = new Set()): string {
  const changes = { base: "1111111 Base", head: "2222222 Head", stacks, before };
  const text = renderSite({ ...content, changes }, new Map()).get(file);
  return typeof text === "string" ? text : assert.fail("There is no such page.");
}

const deep: Comparison = someChanges.stacks[0]?.comparisons[0] ?? assert.fail();

describe("the page of what changes", () => {
  it("is on no site of which nothing is compared, and nothing leads there", () => {
    const files = renderSite(content, new Map());
    assert.equal(files.has(file), false);
    assert.doesNotMatch(String(files.get("index.html")), /changes\//);
  });

  it("shows both sides, marks what differs, and leads to the page on either", () => {
    const text = page([{ stack: "dev", comparisons: [deep] }], new Set(["alerts/MCHighMailboxDepth/index.html"]));
    assert.match(text, /<td class="was">it is above <del>100<\/del><\/td>\s*<td class="now">it is above <ins>200<\/ins><\/td>/);
    assert.match(text, /<td class="same" colspan="2">2m<\/td>/);
    assert.match(text, /aria-label="red from 100 ms"[^]*aria-label="red from 200 ms"/);
    assert.match(text, /href="\.\.\/before\/alerts\/MCHighMailboxDepth\/index\.html">before</);
    assert.match(text, /href="\.\.\/alerts\/MCHighMailboxDepth\/index\.html">after</);
    assert.match(text, /Touches one journey\./);
  });

  it("leads to no page that is not there", () => {
    const other = { file: "alerts/OfAnotherStack/index.html" };
    const text = page([{ stack: "dev", comparisons: [{ ...deep, before: other, after: other }] }]);
    assert.doesNotMatch(text, /OfAnotherStack|href="\.\.\/before/);
  });

  it("says once what becomes of a thing in several stacks, and apart what differs", () => {
    const later = { ...deep, notes: ["Later."] };
    const text = page([
      { stack: "dev", comparisons: [deep] },
      { stack: "staging", comparisons: [deep] },
      { stack: "prod", comparisons: [later] },
    ]);
    assert.equal(text.match(/id="alert:MCHighMailboxDepth"/g)?.length, 1);
    assert.match(text, / in dev, staging Touches one journey\.[^]* in prod Later\./);
  });

  it("shows hostile texts as texts", () => {
    const parts = hostileTexts.map((text) => ({ what: text, form: "lines" as const, before: text, after: `${text} x` }));
    const text = page([{ stack: "dev", comparisons: [{ ...deep, name: hostileTexts.join(" "), notes: hostileTexts, parts }] }]);
    const [, body = ""] = text.split("<main");
    assert.doesNotMatch(body, /<(?:script|img|iframe|style|object|embed|link|form|input|base|body|video|audio|marquee)\b/i);
    assert.doesNotMatch(body, /<[a-z][^>"]*(?:"[^"]*"[^>"]*)* on[a-z]+=/);
  });
});

describe("the site as it was", () => {
  it("says on each of its pages that it is that, and leads to what changes", () => {
    const files = new Map<string, string | Uint8Array>([
      ["alerts/A/index.html", '<title>A</title><main id="content">'],
      ["assets/site.css", "main {}"],
      ["runbooks/a.png", Uint8Array.of(1)],
    ]);
    assert.deepEqual(
      [...standingBefore(files, "1111111 <b>")],
      [
        [
          "before/alerts/A/index.html",
          '<title>Before: A</title><main id="content">\n<p class="bad">As it was, in 1111111 &#60;b&#62;. <a href="../../../changes/index.html">What changes</a></p>',
        ],
        ["before/assets/site.css", "main {}"],
        ["before/runbooks/a.png", Uint8Array.of(1)],
      ],
    );
  });
});

describe("two texts beside each other", () => {
  const rows: readonly (readonly [
    what: string,
    before: string | undefined,
    after: string | undefined,
    rows: readonly string[],
  ])[] = [
    ["the same", "a", "a", ["a"]],
    ["one that is not there", undefined, "a\nb", ["| a", "| b"]],
    ["one that is gone", "a\nb", undefined, ["a |", "b |"]],
    ["a word", "it is above 1 now", "it is above 2 now", ["it is above <del>1</del> now | it is above <ins>2</ins> now"]],
    ["a line that has nothing in common with the former one", "abc", "xyz", ["abc | xyz"]],
    ["a line more", "a\nc", "a\nb\nc", ["a", "| b", "c"]],
    ["lines far from the difference", `${"x\n".repeat(20)}a`, `${"x\n".repeat(20)}b`, ["… 17", "x", "x", "x", "a | b"]],
    ["markup", "<b>", "<i>", ["&#60;<del>b</del>&#62; | &#60;<ins>i</ins>&#62;"]],
  ];
  for (const [what, before, after, expected] of rows)
    it(`shows ${what}`, () => {
      const shown = besideEachOther(before, after).map((row) => {
        if ("leftOut" in row) return `… ${row.leftOut}`;
        return "both" in row ? row.both.html : `${row.before?.html ?? ""} | ${row.after?.html ?? ""}`.trim();
      });
      assert.deepEqual(shown, expected);
    });

  it("is done at once for texts that have nothing in common", () => {
    const lines = (word: string): string => Array.from({ length: 20_000 }, (_, number) => `${word} ${number}`).join("\n");
    assert.equal(besideEachOther(lines("a"), lines("b")).length, 20_000);
  });
});
