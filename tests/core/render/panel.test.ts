import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../../core/model/alert";
import { queryOf } from "../../../core/model/query";
import type { Choices } from "../../../core/render/dashboard-choices";
import { describePanel } from "../../../core/render/panel";
import { deepAlert, depthPanel } from "../checks/example";

const page: Alert = {
  ...deepAlert,
  name: "EXDeeper",
  severity: "page",
  for: "0m",
  when: { expression: queryOf("up"), trigger: "something is wrong" },
};
const nothingToChoose: Choices = { variables: [], narrows: false, narrowsBy: "", narrow: (expr) => expr };
const narrowing: Choices = {
  variables: [],
  narrows: true,
  narrowsBy: "the namespace and the instances",
  narrow: (expr) => expr.replace("ex_depth", 'ex_depth{instance=~"$instance"}'),
};

describe("the description of a panel", () => {
  it("says what it shows, and which alerts watch it", () => {
    assert.equal(
      describePanel(depthPanel, [deepAlert, page], nothingToChoose),
      [
        "What waits.",
        "",
        "Alerts on this panel:",
        "- **EXDeep** (warning) fires when it is above 100 for 5m.",
        "- **EXDeeper** (page) fires when something is wrong.",
      ].join("\n"),
    );
  });

  it("says no more than what it shows without alerts", () => {
    assert.equal(describePanel(depthPanel, [], nothingToChoose), "What waits.");
  });

  it("says so where the choices above the panels change nothing", () => {
    const recorded = { ...depthPanel, queries: { depth: { query: queryOf("ex:depth:max"), legend: "" } } };
    assert.equal(describePanel(depthPanel, [], narrowing), "What waits.");
    assert.equal(
      describePanel(recorded, [], narrowing),
      "What waits.\n\nNot narrowed by the namespace and the instances chosen above.",
    );
  });
});
