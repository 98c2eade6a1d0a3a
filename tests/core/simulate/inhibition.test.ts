import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { InhibitRule } from "../../../core/model/inhibit-rule";
import { isInhibited } from "../../../core/simulate/inhibition";

const rule: InhibitRule = {
  sourceMatch: [{ name: "alertname", matchType: "=", value: "Down" }],
  targetMatch: [{ name: "alertname", matchType: "=~", value: "Slow|Down" }],
  equal: ["namespace", "instance"],
};
const down = { alertname: "Down", namespace: "a" };

describe("an alert is inhibited", () => {
  for (const [when, alert, firing, expected] of [
    ["by its source", { alertname: "Slow", namespace: "a" }, [down], true],
    ["not when the source does not fire", { alertname: "Slow", namespace: "a" }, [], false],
    ["not by the source of another namespace", { alertname: "Slow", namespace: "b" }, [down], false],
    ["not when only it has a label that must be equal", { alertname: "Slow", namespace: "a", instance: "x" }, [down], false],
    ["not when a name only contains a matcher's", { alertname: "Slower", namespace: "a" }, [down], false],
    ["not by itself", down, [down], false],
  ] as const) {
    it(when, () => assert.equal(isInhibited(alert, firing, [rule]), expected));
  }
});
