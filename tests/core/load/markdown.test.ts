import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";

function read(...lines: readonly string[]) {
  return readMarkdown("ex/a.md", lines.join("\n"));
}

describe("a heading's anchor is GitHub's", () => {
  const rows: readonly (readonly [heading: string, slug: string])[] = [
    ["## Plain words", "plain-words"],
    ["## Scenario 6: GC registration lost", "scenario-6-gc-registration-lost"],
    ["## Run `npm ci` again", "run-npm-ci-again"],
    ["## Input/output errors", "inputoutput-errors"],
    ["## GC → MC", "gc--mc"],
    ["## Logs & metrics", "logs--metrics"],
    ["## 🔥 Fire", "-fire"],
    ["## Größe und Höhe", "größe-und-höhe"],
    ["## snake_case stays", "snake_case-stays"],
    ["## **Bold** and *soft*", "bold-and-soft"],
    ["## [A link](b.md) inside", "a-link-inside"],
    ["## Closed ##", "closed"],
    ["## \\*Escaped\\*", "escaped"],
    ["## 100 % (really?), it's fine!", "100--really-its-fine"],
    ["## 👩‍💻 On duty", "‍-on-duty"],
    ["## ⚙️ Settings", "️-settings"],
    ["<h3>Sick   <em>pods</em></h3>", "sick-pods"],
    ['<h2 align="center"><img src="a.svg"> Logs &amp; more</h2>', "logs--more"],
    ["## Dashes - and – more", "dashes---and--more"],
  ];
  for (const [heading, slug] of rows) {
    it(heading, () => {
      assert.deepEqual(
        read(heading).headings.map((found) => found.slug),
        [slug],
      );
    });
  }

  it("with a number for a title that is repeated", () => {
    const { headings } = read("## Impact", "# Impact", "### Impact");
    assert.deepEqual(
      headings.map(({ slug }) => slug),
      ["impact", "impact-1", "impact-2"],
    );
  });

  it("and counts with those that are written as HTML", () => {
    assert.deepEqual(
      read("<h3>Symptoms</h3>", "", "### Symptoms").headings.map(({ slug, line, lastLine }) => [slug, line, lastLine]),
      [
        ["symptoms", 1, 2],
        ["symptoms-1", 3, 3],
      ],
    );
  });

  it("and none for what stands in a fence, a comment or a paragraph", () => {
    const { headings } = read("```bash", "# comment", "```", "<!--", "# hidden", "-->", "", "#nothing", "", "    # code");
    assert.deepEqual(headings, []);
  });
});

describe("a section", () => {
  const { headings } = read("# A", "", "## B", "text", "### C", "", "## D", "end", "");

  it("has its level, its line and its last line, subsections included", () => {
    assert.deepEqual(
      headings.map(({ title, level, line, lastLine }) => [title, level, line, lastLine]),
      [
        ["A", 1, 1, 8],
        ["B", 2, 3, 6],
        ["C", 3, 5, 6],
        ["D", 2, 7, 8],
      ],
    );
  });

  it("accepts findings by comments directly below its heading", () => {
    const accepted = read("## A", "<!-- accept one: a reason -->", "<!-- accept two-words:", "another: reason -->", "", "x");
    assert.deepEqual(accepted.headings[0]?.accepts, { one: "a reason", "two-words": "another: reason" });
  });

  it("accepts nothing by a comment further down, of another kind or without a reason", () => {
    const { headings: found } = read(
      "## A",
      "",
      "x",
      "",
      "<!-- accept one: late -->",
      "## B",
      "<!-- accept one -->",
      "<!-- note: x -->",
    );
    assert.deepEqual(
      found.map(({ accepts }) => accepts),
      [{}, {}],
    );
  });
});

describe("a fence", () => {
  it("has its language in lower case, as GitHub reads it", () => {
    assert.deepEqual(
      read("```PromQL panel=A", "up", "```", "", "~~~Bash", "ls", "~~~").fences.map(({ info, language }) => [info, language]),
      [
        ["PromQL panel=A", "promql"],
        ["Bash", "bash"],
      ],
    );
  });

  it("has its language, its attributes, its text and its lines", () => {
    assert.deepEqual(read("x", "", "```promql panel=mc-overview/up note", "a", "", "b", "```", "y").fences, [
      {
        info: "promql panel=mc-overview/up note",
        language: "promql",
        attributes: { panel: "mc-overview/up" },
        code: "a\n\nb",
        line: 3,
        lastLine: 7,
      },
    ]);
  });

  it("within a list loses the list's indentation and keeps its own", () => {
    const [fence] = read("1. **Look.**", "", "   ```promql panel=a/b", "   sum(", "     a", "   )", "   ```").fences;
    assert.deepEqual([fence?.code, fence?.line, fence?.lastLine], ["sum(\n  a\n)", 3, 7]);
  });

  it("may be one of tildes, or around another one", () => {
    const { fences } = read("~~~sql", "select 1;", "~~~", "````markdown", "```bash", "x", "```", "````");
    assert.deepEqual(
      fences.map(({ language, code }) => [language, code]),
      [
        ["sql", "select 1;"],
        ["markdown", "```bash\nx\n```"],
      ],
    );
  });

  it("may be empty and without a language", () => {
    const [fence] = read("```", "```").fences;
    assert.deepEqual([fence?.language, fence?.code], ["", ""]);
  });
});

describe("links and code in a text", () => {
  it("have the line on which they stand", () => {
    const { links, codeSpans } = read("# A", "", "one [b](b.md#c)", "two `x` and", '[c](c.md "title") <https://d.example>');
    assert.deepEqual(links, [
      { text: "b.md#c", line: 3 },
      { text: "c.md", line: 5 },
      { text: "https://d.example", line: 5 },
    ]);
    assert.deepEqual(codeSpans, [{ text: "x", line: 4 }]);
  });

  it("are found in tables, on the line of their row", () => {
    const { links, codeSpans } = read("| a | b |", "| - | - |", "| `x` | y |", "| z | [q](#r) |");
    assert.deepEqual([codeSpans, links], [[{ text: "x", line: 3 }], [{ text: "#r", line: 4 }]]);
  });

  it("are found through a reference, but not in a fence", () => {
    const { links } = read("[a][b]", "", "[b]: c.md", "", "```", "[x](y.md)", "```");
    assert.deepEqual(links, [{ text: "c.md", line: 1 }]);
  });
});

describe("the steps of a runbook", () => {
  it("are numbered items that begin with bold text", () => {
    const { steps } = read(
      "1. **Check GC health.** Then:",
      "2. **Look at it:** x",
      "3. no title",
      "- **A bullet**",
      "",
      "1) **Other list**",
    );
    assert.deepEqual(steps, [
      { text: "Check GC health", line: 1 },
      { text: "Look at it", line: 2 },
    ]);
  });
});
