import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";

function read(...lines: readonly string[]) {
  return readMarkdown("ex/a.md", lines.join("\n"));
}

describe("front matter", () => {
  for (const [form, lines] of Object.entries({
    YAML: ["---", "title: GC incidents", "tags:", "  - gc", "- loose", "# comment", "", "weight: 20", "---"],
    "YAML with whatever keys": ["---", "título: x", "$schema: y", "description: >", "  GC", "", "  incidents", "---"],
    "YAML that is hardly any": ["---", "title: Foo: bar", "---"],
    "YAML with spaces behind its lines": ["---  ", "title: x", "---  "],
    "TOML over several lines": ["+++", "tags = [", '  "a",', "]", "+++"],
    "YAML that ends in dots": ["---", '"og:title": x', "..."],
    TOML: ["+++", 'title = "GC incidents"', "[params]", "weight = 20", "+++"],
    "none of it, but a byte order mark": ["\uFEFF# GC"],
  })) {
    it(`is no part of the text: ${form}`, () => {
      const { headings } = read(...lines, ...(form.startsWith("none") ? [] : ["# GC"]));
      assert.deepEqual(
        headings.map(({ title, line }) => [title, line]),
        [["GC", form.startsWith("none") ? 1 : lines.length + 1]],
      );
    });
  }

  for (const lines of [
    ["---", "A sentence, which is a heading", "---"],
    ["", "---", "title: x", "---"],
    ["Text", "---"],
    ["---", "", "Text: with a colon, but open", "", "# Heading"],
    ["---", "", "# Heading between two rules", "", "---", "", "Text: with a colon"],
    ["+++", "# Heading", "+++"],
  ]) {
    it(`is none: ${JSON.stringify(lines)}`, () => {
      assert.equal(read(...lines).headings.length, 1);
    });
  }
});

describe("HTML within Markdown", () => {
  it("has anchors, links and images, on their lines", () => {
    const found = read(
      'A <a id="old"></a> and',
      '<a name="older" href="b.md#x">b</a>',
      "",
      "<p>",
      '<img src="a.svg">',
      "</p>",
      "",
      "![c](c.png)",
    );
    assert.deepEqual(found.anchors, ["old", "older"]);
    assert.deepEqual(found.links, [
      { text: "b.md#x", line: 2 },
      { text: "a.svg", line: 5 },
      { text: "c.png", line: 8 },
    ]);
  });

  it("is none in code, in a comment, or where its signs are escaped", () => {
    const found = read(
      "`<a id=x>`",
      "",
      "```html",
      "<h1 id=y>No</h1>",
      "```",
      "",
      "<!-- <a id=z> -->",
      "",
      "\\<a id=q>",
      "&lt;a id=r&gt;",
    );
    assert.deepEqual([found.anchors, found.headings, found.links], [[], [], []]);
  });
});

describe("a footnote", () => {
  it("defines no link", () => {
    assert.deepEqual(read("Gone[^1], see [a][b].", "", "[^1]: Deprecated", "", "[b]: b.md").links, [{ text: "b.md", line: 1 }]);
  });

  for (const text of [
    "Text[^1].\n\n[^1]: See below.",
    "Text[^long].\n\n[^long]: https://example.com/x",
    "Text[^Long].\n\n[^long]:\n    Words.",
    "- Text[^1].\n\n  [^1]: Below.",
    "Text[^a].\n\n[^a]: See[^b].\n\n[^b]: More.",
    "<td>[^1]</td>\n\n[^1]: Of a table.",
    "Matches [^/], [^a-z] and [^0-9]*[^x]+.",
    "Matches [^gone] of a set.",
    "`[^1]` is code.\n\n    [^2]: too",
    "```\nx[^1]\n[^2]: y\n```",
  ]) {
    it(`leads nowhere: ${JSON.stringify(text)}`, () => {
      const { links, undefinedReferences, unusedFootnotes } = read(text);
      assert.deepEqual([links, undefinedReferences, unusedFootnotes], [[], [], []]);
    });
  }

  it("is missed, or left over", () => {
    const found = read(
      "# Text[^1]",
      "",
      "And[^gone].",
      "",
      "[^unused]: See [^1] and",
      "[^2]: https://example.com",
      "",
      "> [^1]: x",
    );
    assert.deepEqual(found.undefinedReferences, [{ text: "[^gone]", line: 3 }]);
    assert.deepEqual(found.unusedFootnotes, [
      { text: "[^unused]", line: 5 },
      { text: "[^2]", line: 6 },
    ]);
    assert.deepEqual(read("Breaches[^1].", "", "[^1] https://example.com").undefinedReferences, [
      { text: "[^1]", line: 1 },
      { text: "[^1]", line: 3 },
    ]);
  });

  it("may hold a link", () => {
    assert.deepEqual(read("T[^1]", "", "[^1]: See [x](gone.md).").links, [{ text: "gone.md", line: 3 }]);
  });
});

describe("code", () => {
  it("is found in a paragraph, in HTML and indented, on its lines", () => {
    const found = read(
      "`a` and <code>b",
      "c</code>",
      "",
      "    d",
      "",
      "      e",
      "",
      "<pre>",
      "f",
      "</pre>",
      "",
      "- g",
      "",
      "      h",
    );
    assert.deepEqual(
      found.codeSpans.map(({ text, line }) => `${line} ${text}`),
      ["1 a", "1 b", "2 c", "4 d", "6 e", "9 f", "14 h"],
    );
  });

  for (const text of ["<code>never closed", "A <pre-like> word", "<!-- <code>x</code> -->", "\\<code>x\\</code>"]) {
    it(`is none: ${text}`, () => assert.deepEqual(read(text, "", "More.").codeSpans, []));
  }
});

describe("where pictures lead", () => {
  it("is every choice of a source, and a film's first picture", () => {
    const found = read(
      '<picture><source srcset="a.svg 1x, b%20c.svg 2x"><img src="d.svg"></picture>',
      "",
      '<video poster="e.png"></video>',
    );
    assert.deepEqual(found.links.map(({ text }) => text).sort(), ["a.svg", "b%20c.svg", "d.svg", "e.png"]);
  });

  it("is what a frame frames, also where GitHub shows its tag as text", () => {
    const found = read(
      "A",
      "",
      "<div>",
      '<iframe title="x > y"',
      "  src='a.html'></iframe>",
      "</div>",
      "",
      '<object data="b.svg">',
    );
    assert.deepEqual(found.links, [
      { text: "a.html", line: 4 },
      { text: "b.svg", line: 8 },
    ]);
    for (const text of [
      '`<iframe src="a.html">`',
      '<!-- <iframe src="a.html"> -->',
      '\\<iframe src="a.html">',
      '<p data="b.svg">',
    ])
      assert.deepEqual(read(text, "", "More.").links, []);
  });
});

describe("the anchor of a heading, as GitHub has it", () => {
  // The last three as github-slugger's fixtures have them, which GitHub itself rendered.
  for (const [markdown, slugs] of [
    ["## ![logo](x.png) Foo", ["-foo"]],
    ['## <a name="x"></a> Foo', ["-foo"]],
    ['## <a id="x"></a>Foo', ["foo"]],
    ["A\nb\n===", ["ab"]],
    ["- # A\n\n> ## B ##", ["a", "b"]],
    ["<!--\n# A\n-->\n\n```\n# B\n```\n\n    # C\n\n# D", ["d"]],
    ['<h2 align="center">Foo <code>bar</code></h2>\n\n## Foo bar', ["foo-bar", "foo-bar-1"]],
    ["# &#x20;a", ["-a"]],
    ["## echo\n## echo\n## echo 1\n## echo-1\n## echo", ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]],
    ["## 😄 - an emoji\n\n## :smile: - a gemoji", ["---an-emoji", "smile---a-gemoji"]],
  ] as const) {
    it(`is made of its words: ${JSON.stringify(markdown)}`, () => {
      assert.deepEqual(
        read(markdown).headings.map(({ slug }) => slug),
        slugs,
      );
    });
  }
});

describe("a reference without a definition", () => {
  it("is found, where it was meant as a link", () => {
    assert.deepEqual(read("See", "[the guide][guide] and [Other][].").undefinedReferences, [
      { text: "[the guide][guide]", line: 2 },
      { text: "[Other][]", line: 2 },
    ]);
  });

  for (const text of [
    "[the guide][guide]\n\n[guide]: b.md",
    "matrix[row][column]",
    "[a-z][a-z0-9]*",
    "- [ ] [x] task",
    "`[the guide][guide]`",
    "[Note] [that] words stand in brackets",
    "\\[the guide\\][guide]",
    "[1][2]",
  ]) {
    it(`is not: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(read(text).undefinedReferences, []);
    });
  }
});

it("Windows' line ends change nothing", () => {
  const { text: _a, ...windows } = read("# A\r", "\r", "```bash\r", "true\r", "```\r", "1. **Look.** x\r");
  const { text: _b, ...plain } = read("# A", "", "```bash", "true", "```", "1. **Look.** x");
  assert.deepEqual(windows, plain);
});
