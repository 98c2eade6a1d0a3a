import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { type Alert } from "../../../core/model/alert";
import type { Panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { axisReach, thresholdSteps, thresholdStyle } from "../../../core/render/thresholds";
import { deepAlert, depthPanel } from "../checks/example";

const warning = (when: Alert["when"]): Alert => ({ ...deepAlert, severity: "warning", when });
const page = (when: Alert["when"]): Alert => ({ ...deepAlert, name: "EXDeeper", severity: "page", for: "0m", when });
const info = (when: Alert["when"]): Alert => ({ ...deepAlert, severity: "info", when });
const expression = { expression: queryOf("up"), trigger: "something is wrong" };

const stat: Panel = { ...depthPanel, view: "stat" };
const steps = (panel: Panel, alerts: readonly Alert[]): string =>
  thresholdSteps(panel, alerts)
    .map(({ value, color }) => (value === null ? color : `${value}:${color}`))
    .join(" ");

describe("the colors of a stat", () => {
  const rows: readonly (readonly [name: string, alerts: readonly Alert[], expected: string])[] = [
    ["are none where nothing is bad: green would be a promise", [], "text"],
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
    ["are none for information", [info({ above: 5 })], "text"],
    ["are none for an expression, which has no number", [page(expression)], "text"],
  ];
  for (const [name, alerts, expected] of rows) it(name, () => assert.equal(steps(stat, alerts), expected));

  it("begin where it says itself that it is bad, and where its alerts do", () => {
    const budget: Panel = { ...stat, badBelow: { red: 0, orange: 0.25 } };
    assert.equal(steps(budget, []), "red 0:orange 0.25:green");
    assert.equal(steps(budget, [warning({ below: 0.5 })]), "red 0:orange 0.25:orange 0.5:green");
    assert.equal(steps({ ...stat, badBelow: { red: 1 } }, []), "red 1:green");
  });
});

describe("the lines of a graph", () => {
  it("have the color of the bad side, and nothing is colored on the good one", () => {
    assert.equal(steps(depthPanel, [page({ above: 500 }), warning({ above: 100 })]), "transparent 100:orange 500:red");
    assert.equal(steps(depthPanel, [page({ below: 1 })]), "red 1:transparent");
  });

  it("mark a limit that no alert watches, and leave it to the alerts where one does", () => {
    const limited: Panel = { ...depthPanel, limit: { value: 10, label: "budget" } };
    assert.equal(steps(limited, []), "transparent 10:purple");
    assert.equal(steps(limited, [warning({ above: 5 })]), "transparent 5:orange");
  });

  const rows: readonly (readonly [name: string, alerts: readonly Alert[], style: string, reach: number | undefined])[] = [
    ["are none without a threshold", [page(expression)], "off", undefined],
    ["shade the bad side, and are in sight on a good day", [warning({ above: 100 }), page({ above: 500 })], "dashed+area", 120],
    ["do not shade a whole graph in which anything above 0 is bad", [page({ above: 0 })], "dashed", 1],
  ];
  for (const [name, alerts, style, reach] of rows)
    it(name, () => assert.deepEqual([thresholdStyle(depthPanel, alerts), axisReach(depthPanel, alerts)], [style, reach]));
});
