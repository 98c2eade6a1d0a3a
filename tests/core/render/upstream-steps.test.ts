import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { rewriteBlocks } from "../../../core/render/runbook-blocks";
import { exampleModel } from "../checks/example";

const [ex] = exampleModel().services;
assert.ok(ex);
const upstream = (id: string, step: string) => ({
  service: ex,
  upstream: { ...ex, id, title: id.toUpperCase() },
  reason: "x",
  seenBy: ex.dashboards[0]?.rows[0]?.panels.slice(0, 1) ?? [],
  step,
});

/** The Diagnosis as it is written anew: its first line of each step, and what stands in its first block. */
function diagnosis(steps: readonly ReturnType<typeof upstream>[], markdown = (text: string): string => text): string {
  const model = exampleModel({ markdown, model: { dependencies: steps } });
  const [document] = model.runbooks;
  assert.ok(document);
  const text = rewriteBlocks(model, document);
  return text.slice(text.indexOf("### Diagnosis"), text.indexOf("### Remediation"));
}

const titles = (text: string): readonly string[] => text.match(/^\d+\. \*\*[^*]+\*\*/gm) ?? [];
const more = (text: string): string => text.replace("### Remediation", "2. **Look around.** Well.\n\n### Remediation");

describe("a step to an upstream that a runbook lacks", () => {
  it("is written before the others, with a link and the panel's query, and they count on", () => {
    const text = diagnosis([upstream("db", "Check DB health")], more);
    assert.deepEqual(titles(text), ["1. **Check DB health.**", "2. **Check upstream.**", "3. **Look around.**"]);
    assert.match(
      text,
      /go on there: \[DB\]\(\.\.\/db\/incident-response\.md\)\.\n\n {3}```promql panel=ex-overview\/\w+\n {3}\S/,
    );
  });

  it("of a second upstream is written behind that of the first", () => {
    const both = [upstream("up", "Check upstream"), upstream("db", "Check DB health")];
    assert.deepEqual(titles(diagnosis(both, more)), ["1. **Check upstream.**", "2. **Check DB health.**", "3. **Look around.**"]);
    assert.deepEqual(titles(diagnosis(both)), ["1. **Check upstream.**", "2. **Check DB health.**"]);
  });

  it("is left as its author wrote it where it stands, and not written where its lack is accepted", () => {
    const plain = diagnosis([]);
    assert.equal(diagnosis([upstream("up", "Check upstream")]), plain);
    const accepted = (text: string): string =>
      text.replace(/^## Scenario 1.*$/m, "$&\n\n<!-- accept dependency-is-walked: It is one process. -->");
    assert.equal(diagnosis([upstream("db", "Check DB health")], accepted), plain);
  });
});
