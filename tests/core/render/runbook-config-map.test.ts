import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";
import { configMapLimit, divideFiles, runbookFiles } from "../../../core/render/runbook-config-map";
import { exampleModel } from "../checks/example";

const [service] = exampleModel().services;
assert.ok(service);

describe("the ConfigMaps of a service's runbooks", () => {
  it("are one with all files", () => {
    const documents = [document("ex/a.md", "A"), document("ex/more/b.md", "B"), document("exo/c.md", "not this service's")];
    assert.deepEqual(parts(documents), [{ suffix: "", data: { "a.md": "A", "more_b.md": "B" } }]);
  });

  it("are one a file where together they would be refused", () => {
    const half = "x".repeat(configMapLimit / 2);
    assert.deepEqual(
      parts([document("ex/a.md", half), document("ex/b.md", half)]).map(({ suffix, data }) => [suffix, Object.keys(data)]),
      [
        ["-a", ["a.md"]],
        ["-b", ["b.md"]],
      ],
    );
  });

  it("are measured in bytes, not in letters", () => {
    const third = "ü".repeat(configMapLimit / 3); // two bytes a letter
    assert.equal(parts([document("ex/a.md", third), document("ex/b.md", third)]).length, 2);
  });

  it("are none for a service without runbooks", () => {
    assert.deepEqual(parts([]), []);
  });
});

function parts(documents: readonly ReturnType<typeof document>[]) {
  assert.ok(service);
  return divideFiles(runbookFiles(service, documents), (text) => text);
}

function document(path: string, text: string) {
  return readMarkdown(path, text);
}
