import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import type { InhibitRule } from "../../../core/model/inhibit-rule";
import type { RuleSet } from "../../../core/model/rule-set";
import { touchedBy } from "../../../core/replay/touched";

const deep = { alert: "Deep", expr: "max by (queue) (depth) > 5", labels: { severity: "page" } };
const down = { alert: "Down", expr: "up == 0", labels: { severity: "page", kind: "gone" } };
const slow = { alert: "Slow", expr: "job:wait > 1" };
const wait = { record: "job:wait", expr: "sum by (job) (wait)" };
const all = [deep, down, slow, wait];
const byDown: InhibitRule = {
  sourceMatch: [{ name: "kind", matchType: "=", value: "gone" }],
  targetMatch: [{ name: "alertname", matchType: "=~", value: "Deep|Other" }],
  equal: [],
};

function set(rules: readonly object[], inhibitions: readonly InhibitRule[] = []): RuleSet {
  return { rules: readEvaluatedRules([{ name: "g", rules }]), inhibitions };
}

/** The touched alerts, and those that are evaluated beside them. */
function touched(base: RuleSet, head: RuleSet): readonly [touched: string, asked: string] {
  const { names, isAsked } = touchedBy(base, head);
  const asked = head.rules.filter((rule) => rule.kind === "alert" && isAsked(rule)).map(({ name }) => name);
  return [[...names].sort().join(" "), asked.join(" ")];
}

describe("the alerts that a change touches", () => {
  for (const [what, base, head, expected] of [
    ["nothing, by other texts", set(all), set(all.map((rule) => ({ ...rule, annotations: { summary: "other" } }))), ["", ""]],
    ["a threshold", set(all), set([{ ...deep, expr: "max by (queue) (depth) > 6" }, down, slow, wait]), ["Deep", "Deep"]],
    ["`keep_firing_for`", set(all), set([deep, { ...down, keep_firing_for: "1m" }, slow, wait]), ["Down", "Down"]],
    ["a recording behind it", set(all), set([deep, down, slow, { ...wait, expr: "wait" }]), ["Slow", "Slow"]],
    ["a new one, and one that is gone", set([deep, down]), set([deep, slow, wait]), ["Down Slow", "Slow"]],
    ["an inhibition, by its target, with what silences it", set(all), set(all, [byDown]), ["Deep", "Deep Down"]],
    [
      "what may silence it, where that is known",
      set(all, [byDown]),
      set([{ ...deep, for: "1m" }, down, slow, wait], [byDown]),
      ["Deep", "Deep Down"],
    ],
    [
      "what a label of the series may silence",
      set(all, [byDown]),
      set([{ ...deep, for: "1m" }, down, { ...slow, expr: "wait > 1" }, wait], [byDown]),
      ["Deep Slow", "Deep Down Slow"],
    ],
  ] as const) {
    it(`are told: ${what}`, () => {
      assert.deepEqual(touched(base, head), expected);
    });
  }
});
