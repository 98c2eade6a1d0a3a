import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";
import { configMapLimit, renderRunbookConfigMaps } from "../../../core/render/runbook-config-map";
import { exampleModel } from "../checks/example";

const [service] = exampleModel().services;
assert.ok(service);

describe("the ConfigMaps of a service's runbooks", () => {
  it("are one with all files", () => {
    const documents = [document("ex/a.md", "A"), document("ex/more/b.md", "B"), document("exo/c.md", "not this service's")];
    assert.deepEqual(renderRunbookConfigMaps(service, documents), [
      { name: "dark-tower-ex-runbooks", data: { "a.md": "A", "more_b.md": "B" } },
    ]);
  });

  it("are one a file where together they would be refused", () => {
    const half = "x".repeat(configMapLimit / 2);
    const maps = renderRunbookConfigMaps(service, [document("ex/a.md", half), document("ex/b.md", half)]);
    assert.deepEqual(
      maps.map(({ name, data }) => [name, Object.keys(data)]),
      [
        ["dark-tower-ex-runbooks-a", ["a.md"]],
        ["dark-tower-ex-runbooks-b", ["b.md"]],
      ],
    );
  });

  it("are measured in bytes, not in letters", () => {
    const third = "ü".repeat(configMapLimit / 3); // two bytes a letter
    assert.equal(renderRunbookConfigMaps(service, [document("ex/a.md", third), document("ex/b.md", third)]).length, 2);
  });

  it("are none for a service without runbooks", () => {
    assert.deepEqual(renderRunbookConfigMaps(service, []), []);
  });
});

function document(path: string, text: string) {
  return readMarkdown(path, text);
}
