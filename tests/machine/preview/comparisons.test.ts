import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Deployed, DeployedAlert, DeployedPanel } from "../../../core/model/deployed";
import { compare } from "../../../machine/preview/compare";
import { comparisonsOf } from "../../../machine/preview/comparisons";

const alert: DeployedAlert = {
  ...{ expression: "depth > 100", for: "5m", severity: "page", condition: "it is above 100", summary: "Deep", impact: "" },
  ...{ section: "mc/a.md#deep", panel: "mc/1" },
};
const panel: DeployedPanel = {
  ...{ title: "Depth", dashboard: "MC", unit: "short", queries: ["depth"], description: "How deep.", look: '["timeseries"]' },
  bounds: [
    { value: null, color: "transparent" },
    { value: 100, color: "red" },
  ],
};
const some: Deployed = {
  alerts: new Map([["A", alert]]),
  recordingRules: new Map(),
  dashboards: new Map(),
  panels: new Map([["mc/1", panel]]),
  sections: new Map([["mc/a.md#deep", { title: "Deep", text: "One\nTwo" }]]),
  inhibitions: new Set(),
  receivers: new Map(),
};

function compared(before: Partial<Deployed>, after: Partial<Deployed>): ReturnType<typeof comparisonsOf> {
  const [was, now] = [before, after].map((change) => ({ deployed: { ...some, ...change }, outputs: {} }));
  return was && now ? comparisonsOf(was, now, compare(was, now)) : [];
}

describe("the things that change, as they were and as they are", () => {
  it("are whole: what stays stands beside what changes", () => {
    const [only] = compared({}, { alerts: new Map([["A", { ...alert, for: "1m" }]]) });
    const what = only?.parts.map((part) => [part.what, part.form, part.before === part.after]);
    assert.deepEqual(what, [
      ["summary", "words", true],
      ["fires when", "words", true],
      ["threshold", "bounds", true],
      ["expression", "promql", true],
      ["for", "words", false],
      ["severity", "words", true],
      ["what to do", "words", true],
      ["seen on", "words", true],
    ]);
    assert.deepEqual([only?.before, only?.after], [{ file: "alerts/A/index.html" }, { file: "alerts/A/index.html" }]);
  });

  it("have one side where they are added or removed", () => {
    const [added] = compared({ alerts: new Map() }, {});
    assert.equal(added?.before, undefined);
    assert.ok(added?.parts.every((part) => !("before" in part)));
    const [removed] = compared({}, { alerts: new Map() });
    assert.equal(removed?.after, undefined);
    assert.ok(removed?.parts.every((part) => !("after" in part)));
  });

  it("have the page of their former name where an alert is renamed", () => {
    const [renamed] = compared({}, { alerts: new Map([["B", alert]]) });
    assert.deepEqual(
      [renamed?.action, renamed?.name, renamed?.before?.file, renamed?.after?.file],
      ["renamed", "B", "alerts/A/index.html", "alerts/B/index.html"],
    );
  });

  it("lead to a panel by its number and to a section by its anchor, also when their titles change", () => {
    const [section, drawn] = compared(
      {},
      {
        panels: new Map([["mc/1", { ...panel, title: "Deepness" }]]),
        sections: new Map([["mc/a.md#deep", { title: "Deeper", text: "One" }]]),
      },
    );
    assert.deepEqual(section?.after, { file: "runbooks/mc/a.md/index.html", fragment: "deep" });
    assert.deepEqual(drawn?.before, { file: "d/mc/index.html", fragment: "panel-1" });
    assert.deepEqual(
      drawn.parts.filter((part) => part.before !== part.after).map(({ what, before, after }) => [what, before, after]),
      [["title", "Depth", "Deepness"]],
    );
  });

  it("say of what has no page what changes about it", () => {
    const [receiver, inhibition] = compared(
      { receivers: new Map([["page", "a"]]) },
      { receivers: new Map([["page", "b"]]), inhibitions: new Set(["A silences B"]) },
    ).toSorted((one, other) => (one.kind < other.kind ? 1 : -1));
    assert.deepEqual(receiver?.parts, [{ what: "how", form: "words", before: "a", after: "b" }]);
    assert.deepEqual(inhibition?.parts, [{ what: "added", form: "words", after: "A silences B" }]);
  });
});
