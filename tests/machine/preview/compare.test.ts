import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Deployed, DeployedAlert, DeployedDashboard, DeployedPanel } from "../../../core/model/deployed";
import { compare } from "../../../machine/preview/compare";

const alert: DeployedAlert = {
  expression: 'max by (job) (depth{le="> 5"}) > 100 and on () (rate > 0.1)',
  for: "5m",
  severity: "page",
  condition: "",
  summary: "Deep",
  impact: "Slow",
  section: "mc/incident-response.md#scenario-1",
  panel: "mc/1",
};
const panel: DeployedPanel = {
  title: "Depth",
  dashboard: "MC",
  unit: "short",
  queries: ["depth"],
  description: "How deep.",
  look: "graph",
  bounds: [],
};
const dashboard: DeployedDashboard = { title: "MC", rows: ["Health", "Traffic"], choices: ["datasource"] };
const nothing: Deployed = {
  alerts: new Map(),
  recordingRules: new Map(),
  dashboards: new Map(),
  panels: new Map(),
  sections: new Map(),
  inhibitions: new Set(),
  receivers: new Map(),
};

/** The changes from one deployment to another, a line each. */
function changes(before: Partial<Deployed>, after: Partial<Deployed>): readonly string[] {
  const snapshot = (deployed: Partial<Deployed>) => ({ deployed: { ...nothing, ...deployed }, outputs: {} });
  return compare(snapshot(before), snapshot(after)).map(({ kind, action, name, what, before: was, after: now, note }) =>
    [kind, action, name, what, was, now, note].filter((part) => part !== undefined).join(" | "),
  );
}

function alerts(...named: readonly (readonly [name: string, change: Partial<DeployedAlert>])[]): Pick<Deployed, "alerts"> {
  return { alerts: new Map(named.map(([name, change]) => [name, { ...alert, ...change }])) };
}

describe("what changes about alerts", () => {
  const rows: readonly (readonly [title: string, change: Partial<DeployedAlert>, expected: readonly string[]])[] = [
    ["nothing", {}, []],
    [
      "a threshold, and not the guard beside it",
      { expression: alert.expression.replace("> 100", "> 200") },
      ["alert | changed | A | threshold | 100 | 200"],
    ],
    [
      "a text that looks like a threshold",
      { expression: alert.expression.replace("> 5", "> 6") },
      [`alert | changed | A | query | ${alert.expression} | ${alert.expression.replace("> 5", "> 6")}`],
    ],
    ["a comparison", { expression: "up < 1" }, [`alert | changed | A | query | ${alert.expression} | up < 1`]],
    ["a summary", { summary: "Deeper" }, ["alert | changed | A | summary | Deep | Deeper"]],
    ["an impact", { impact: "Frozen" }, ["alert | changed | A | impact | Slow | Frozen"]],
  ];
  for (const [title, change, expected] of rows)
    it(title, () => assert.deepEqual(changes(alerts(["A", {}]), alerts(["A", change])), expected));

  it("words tell a threshold with its unit, where a description has them", () => {
    const before = { expression: "x > 0.1", condition: "it is above 100 ms" };
    const after = { expression: "x > 0.2", condition: "it is above 200 ms" };
    assert.deepEqual(changes(alerts(["A", before]), alerts(["A", after])), [
      "alert | changed | A | threshold | above 100 ms | above 200 ms",
    ]);
  });

  it("one that fires on the same was renamed, though its threshold may have changed at once", () => {
    const after = { expression: alert.expression.replace("> 100", "> 200") };
    assert.deepEqual(changes(alerts(["Old", {}]), alerts(["New", after])), [
      "alert | renamed | New | Old | New",
      "alert | changed | New | threshold | 100 | 200",
    ]);
  });

  it("one that fires on something else is another", () => {
    const [removed, added] = changes(alerts(["Old", {}]), alerts(["New", { expression: "up < 1" }]));
    assert.match(removed ?? "", /^alert \| removed \| Old \| Severity page; nobody is told any more\.$/);
    assert.match(added ?? "", /^alert \| added \| New \| Severity page; leads to mc\/incident-response\.md#scenario-1\.$/);
  });
});

describe("what changes about dashboards", () => {
  it("tells dashboards and panels that come and go", () => {
    const before = { dashboards: new Map([["old", dashboard]]), panels: new Map([["old/1", panel]]) };
    const after = { dashboards: new Map([["new", dashboard]]), panels: new Map([["new/1", { ...panel, dashboard: "New" }]]) };
    assert.deepEqual(changes(before, after), [
      "dashboard | removed | old",
      "dashboard | added | new",
      "panel | removed | MC / Depth",
      "panel | added | New / Depth",
    ]);
  });

  it("tells a dashboard's title, rows and choices", () => {
    const after = { title: "Meetings", rows: ["Health", "Traffic (closed)"], choices: ["datasource", "instance"] };
    assert.deepEqual(changes({ dashboards: new Map([["mc", dashboard]]) }, { dashboards: new Map([["mc", after]]) }), [
      "dashboard | changed | mc | title | MC | Meetings",
      "dashboard | changed | mc | rows | Health, Traffic | Health, Traffic (closed)",
      "dashboard | changed | mc | choices | datasource | datasource, instance",
    ]);
  });

  it("tells a panel's queries, unit, description and look", () => {
    const after = { ...panel, queries: ["depth", "limit"], unit: "bytes", description: "How deep they are.", look: "number" };
    assert.deepEqual(changes({ panels: new Map([["mc/1", panel]]) }, { panels: new Map([["mc/1", after]]) }), [
      "panel | changed | MC / Depth | query | depth | depth\nlimit",
      "panel | changed | MC / Depth | unit | short | bytes",
      "panel | changed | MC / Depth | description | How deep. | How deep they are.",
      "panel | changed | MC / Depth | look",
    ]);
  });
});
