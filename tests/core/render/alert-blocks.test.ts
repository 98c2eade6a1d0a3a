import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Cascade } from "../../../core/model/dependency";
import { withOverrides } from "../../../core/model/override";
import type { RunbookSection } from "../../../core/model/runbook";
import { rewriteBlocks } from "../../../core/render/runbook-blocks";
import { deepAlert, exampleModel, type Change } from "../checks/example";

const block = (kind: string, content = "", memory = ""): string =>
  `<!-- ${kind}: written by \`npm run generate\`${memory} -->\n\n${content}\n\n<!-- end of ${kind} -->`;
const deep = '- `EXDeep` (warning): "Depth" is above 100 for 5m.';

function written(content: string, change: Change = {}): string {
  const model = exampleModel({ ...change, markdown: (text) => text.replace("`EXDeep` fires.", content) });
  const [document] = model.runbooks;
  assert.ok(document);
  const text = rewriteBlocks(model, document);
  return text.slice(text.indexOf("### Symptoms\n\n") + 14, text.indexOf("\n\n### Impact"));
}

describe("what a runbook says of its alerts", () => {
  it("is their name, severity and condition, as plain text", () => {
    assert.equal(written(block("alerts")), block("alerts", deep));
  });

  it("stays as it is the second time, and where nothing is marked", () => {
    assert.equal(written(block("alerts", deep)), block("alerts", deep));
    assert.equal(written("`EXDeep` fires."), "`EXDeep` fires.");
  });

  it("remembers what the text beside it still says, and forgets it with the text", () => {
    const old = '- `EXDeep` (warning): "Depth" is above 400 for 2m.';
    const prose = "\n\nMore than 400.";
    assert.equal(written(block("alerts", old) + prose), block("alerts", deep, "; once 400") + prose);
    assert.equal(written(block("alerts", deep, "; once 400") + prose), block("alerts", deep, "; once 400") + prose);
    assert.equal(written(block("alerts", deep, "; once 400")), block("alerts", deep));
  });

  it("is what was declared, also where an environment overrides it", () => {
    const [service] = exampleModel().services;
    assert.ok(service);
    const { alerts } = withOverrides(service, { EXDeep: { threshold: 7, for: "1m" } });
    assert.equal(written(block("alerts"), { service: { alerts } }), block("alerts", deep));
  });

  it("is their impact, each text once, and with the names of what only an alert that fires has", () => {
    const [service] = exampleModel().services;
    assert.ok(service);
    const impact = "{{ $labels.queue }} holds {{ $value | humanize }} messages.";
    const alerts = ["EXDeep", "EXDeeper"].map((name) => ({ ...deepAlert, name, impact }));
    const said = "- `EXDeep`, `EXDeeper`: {queue} holds {value} messages.";
    assert.equal(written(block("impact"), { service: { alerts } }), block("impact", said));
    assert.equal(written(block("impact", "old"), { service: { alerts } }), block("impact", said));
  });

  it("is a table of the scenarios", () => {
    const table = "| Scenario | Alerts |\n| --- | --- |\n| [1: Deep mailboxes](#scenario-1-deep-mailboxes) | `EXDeep` |";
    assert.equal(written(block("scenarios")), block("scenarios", table));
  });

  it("is what explains them, but for what leads to the same section", () => {
    const elsewhere: RunbookSection = { path: "up/incident-response.md", slug: "scenario-1-down", title: "Scenario 1: Down" };
    const down = { ...deepAlert, name: "EXDown", runbook: elsewhere };
    const deeper = { ...deepAlert, name: "EXDeeper" };
    const cascades: readonly Cascade[] = [
      { upstream: down, downstream: [deepAlert], reason: "It is down." },
      { upstream: deeper, downstream: [deepAlert], reason: "The same." },
    ];
    const table =
      "| Firing together | Look first at |\n| --- | --- |\n| `EXDown`, and `EXDeep` | [Scenario 1: Down](../up/incident-response.md#scenario-1-down): It is down. |";
    assert.equal(written(block("look-first"), { alerts: [down, deeper], model: { cascades } }), block("look-first", table));
  });
});
