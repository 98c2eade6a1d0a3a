import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readYamlDocuments } from "../../../core/load/files/documents";
import { locateInFiles } from "../../../core/load/files/locate";

const valueOf = (text: string): unknown => readYamlDocuments(text).documents.map(({ value }) => value);

describe("a text in quotes that goes on in a line as far to the left as its key", () => {
  for (const [name, text, value] of [
    ["in a mapping", 'a:\n  b: "x\n  y"\n  c: 1\n', { a: { b: "x y", c: 1 } }],
    ["in single quotes, with one of them within", "a:\n  b: 'x ''q\n  y''s'\n  c: 1\n", { a: { b: "x 'q y's", c: 1 } }],
    ["with an empty line and an escaped quote", 'a:\n  b: "x \\" x\n\n  y"\n', { a: { b: 'x " x\ny' } }],
    ["in a list", 'a:\n  - b: "x\n  y"\n  - "p\n  q"\n', { a: [{ b: "x y" }, "p q"] }],
    ["at the very left", 'a: "x\ny"\nb: 2\n', { a: "x y", b: 2 }],
    ["several times", 'a:\n  b: "x\n  y"\n  c: "v\n  w"\n', { a: { b: "x y", c: "v w" } }],
  ] as const) {
    it(`is read as Prometheus reads it: ${name}`, () => {
      assert.deepEqual(readYamlDocuments(text).faults, []);
      assert.deepEqual(valueOf(text), [value]);
    });
  }

  it("moves nothing else", () => {
    const text = 'a: "x\n  y"\nb: it\'s\nc: |\n  "z\nd: \'#\' # "\n';
    assert.deepEqual(valueOf(text), [{ a: "x y", b: "it's", c: '"z\n', d: "#" }]);
  });

  it("is a fault where it never ends", () => {
    for (const text of ['a: "x\nb: 2\n', "a: 'x\nb: it''s\n", 'a: {b: "x\n'])
      assert.match(readYamlDocuments(text).faults[0]?.message ?? "", /^is no YAML: /, text);
  });

  it("leaves what stands below it where it is", () => {
    const text = 'a:\n  b: "x\n  y"\n  expr: rate(m[5m])\n';
    const subject = { file: "a.yaml", at: { document: 0, path: ["a", "expr"] } };
    const [found] = locateInFiles([{ check: "x", severity: "error", subject, message: "uses `m`" }], () => text);
    assert.deepEqual(found?.subject, { file: "a.yaml", line: 4, column: 14 });
  });
});
