import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../../core/model/alert";
import { withOverrides, type AlertOverride } from "../../../core/model/override";
import { queryOf } from "../../../core/model/query";
import { deepAlert, exampleModel } from "../checks/example";

const expression = { expression: queryOf("up"), trigger: "x" };

describe("an override", () => {
  const rows: readonly (readonly [name: string, when: Alert["when"], change: AlertOverride, expected: Partial<Alert>])[] = [
    ["moves the threshold", { above: 100 }, { threshold: 200 }, { when: { above: 200 }, for: "5m" }],
    ["moves a threshold from below", { below: 100 }, { threshold: 0 }, { when: { below: 0 }, for: "5m" }],
    ["changes how long it must hold", { above: 100 }, { for: "10m" }, { when: { above: 100 }, for: "10m" }],
    ["changes both", { above: 1 }, { threshold: 2, for: "0m" }, { when: { above: 2 }, for: "0m" }],
    ["leaves an expression as it is", expression, { threshold: 2, for: "1m" }, { when: expression, for: "1m" }],
  ];
  for (const [name, when, change, expected] of rows) {
    it(name, () => {
      const [before] = exampleModel({ alert: { when } }).services;
      assert.ok(before);
      const [after] = withOverrides(before, { EXDeep: change }).alerts;
      assert.deepEqual(after, { ...before.alerts[0], declared: before.alerts[0], ...expected });
    });
  }

  it("of another service's alert changes nothing", () => {
    const [before] = exampleModel().services;
    assert.ok(before);
    assert.deepEqual(withOverrides(before, { MCDown: { threshold: 1 } }).alerts, [deepAlert]);
  });
});
