import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../model/alert";
import { queryOf } from "../../model/query";
import { describePanel, thresholdSteps } from "../../render/panel";
import { deepAlert, depthPanel } from "../checks/example";

const warning = (when: Alert["when"]): Alert => ({ ...deepAlert, severity: "warning", when });
const page = (when: Alert["when"]): Alert => ({ ...deepAlert, name: "EXDeeper", severity: "page", for: "0m", when });
const info = (when: Alert["when"]): Alert => ({ ...deepAlert, severity: "info", when });
const expression = { expression: queryOf("up"), trigger: "something is wrong" };

describe("the colors of a panel", () => {
  const rows: readonly (readonly [name: string, alerts: readonly Alert[], steps: string])[] = [
    ["are green without alerts", [], "green"],
    ["change at a warning", [warning({ above: 100 })], "green 100:orange"],
    [
      "change at a page, and at the warning before it",
      [page({ above: 500 }), warning({ above: 100 })],
      "green 100:orange 500:red",
    ],
    ["stay red where a warning begins above a page", [page({ above: 100 }), warning({ above: 500 })], "green 100:red 500:red"],
    ["show the worse of two at one number", [warning({ above: 1 }), page({ above: 1 })], "green 1:red"],
    ["end at a threshold from below", [page({ below: 1 })], "red 1:green"],
    ["end in steps for two thresholds from below", [page({ below: 1 }), warning({ below: 3 })], "red 1:orange 3:green"],
    ["have a good range between below and above", [page({ below: 1 }), warning({ above: 10 })], "red 1:green 10:orange"],
    ["show what overlaps", [warning({ below: 10 }), page({ above: 5 })], "orange 5:red 10:red"],
    ["do not change for information", [info({ above: 5 })], "green 5:green"],
    ["do not change at an expression, which has no number", [page(expression)], "green"],
  ];
  for (const [name, alerts, expected] of rows) {
    it(name, () => {
      const steps = thresholdSteps(alerts).map(({ value, color }) => (value === null ? color : `${value}:${color}`));
      assert.equal(steps.join(" "), expected);
    });
  }

  it("mark a limit that no alert watches, and leave it to the alerts where one does", () => {
    assert.deepEqual(thresholdSteps([], 10), [
      { value: null, color: "green" },
      { value: 10, color: "purple" },
    ]);
    assert.deepEqual(thresholdSteps([warning({ above: 5 })], 10), thresholdSteps([warning({ above: 5 })]));
  });
});

describe("the description of a panel", () => {
  it("says what it shows, and which alerts watch it", () => {
    assert.equal(
      describePanel(depthPanel, [warning({ above: 100 }), page(expression)]),
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
    assert.equal(describePanel(depthPanel, []), "What waits.");
  });
});
