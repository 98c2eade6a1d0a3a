import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";

function read(...lines: readonly string[]) {
  return readMarkdown("ex/a.md", lines.join("\n"));
}

describe("front matter", () => {
  for (const [form, lines] of Object.entries({
    YAML: ["---", "title: GC incidents", "tags:", "  - gc", "- loose", "# comment", "", "weight: 20", "---"],
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
