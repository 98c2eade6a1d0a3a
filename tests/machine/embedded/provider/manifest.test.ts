import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { renderYaml } from "../../../../machine/embedded/provider/manifest";

const values = {
  matchType: "=",
  regex: "=~",
  yes: "yes",
  off: "off",
  number: "0o17",
  long: "1_000",
  text: "plain",
  time: "12:30:45",
};

describe("a manifest", () => {
  for (const version of ["1.1", "1.2"] as const)
    it(`holds the same texts for a reader of YAML ${version}`, () =>
      assert.deepEqual(parse(renderYaml(values), { version }), values));

  it("quotes what PyYAML takes for a type of its own, and no other text", () => {
    const text = renderYaml(values);
    assert.match(text, /^matchType: "="$/m);
    assert.match(text, /^regex: =~$/m);
    assert.match(text, /^text: plain$/m);
  });
});
