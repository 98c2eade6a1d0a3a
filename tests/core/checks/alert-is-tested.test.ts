import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { alertIsTested } from "../../../core/checks/alert-is-tested";
import { labelValueIsDeclared } from "../../../core/checks/label-value-is-declared";
import { thresholdReachable } from "../../../core/checks/threshold-reachable";
import { queryOf } from "../../../core/model/query";
import { deepAlert } from "./example";
import { findingsOf, testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const waiting = (status: string) => ({
  when: { expression: queryOf(`max(ex_depth) > 1 and on () ex_joins_total{status="${status}"} > 1`), trigger: "it waits" },
  examples: [],
});
const missing = `${at}: has no example: one that fires and one that stays quiet. Add it to \`examples\`.`;

testCheck(alertIsTested, {
  accepted: [
    { name: "an alert on a value that no series has: of that no example can be made", alert: waiting("error") },
    { name: "a threshold that nothing reaches", alert: { when: { below: 0 }, examples: [] } },
    {
      name: "a threshold that everything passes",
      alert: { when: { above: -1 }, examples: deepAlert.examples.filter(({ type }) => type === "fires") },
    },
    { name: "a wait that nobody lives to see", alert: { for: "60d", examples: [] } },
  ],
  reported: [
    {
      name: "no examples",
      alert: { examples: [] },
      findings: [missing],
    },
    { name: "no examples of a value that a series has", alert: waiting("failure"), findings: [missing] },
    {
      name: "only one that fires, of a value that no series has",
      alert: { ...waiting("error"), examples: deepAlert.examples.filter(({ type }) => type === "fires") },
      findings: [`${at}: has no example: one that stays quiet. Add it to \`examples\`.`],
    },
    {
      name: "only one that fires",
      alert: { examples: deepAlert.examples.filter(({ type }) => type === "fires") },
      findings: [`${at}: has no example: one that stays quiet. Add it to \`examples\`.`],
    },
  ],
});

describe("an alert that is excused from examples", () => {
  it("is reported by the check of label values", () => {
    const [finding, ...others] = findingsOf(labelValueIsDeclared, { alert: waiting("error") });
    assert.match(String(finding), /looks for status="error", a value that ex_joins_total never has/);
    assert.equal(others.length, 0);
    assert.deepEqual(findingsOf(labelValueIsDeclared, { alert: waiting("failure") }), []);
  });

  it("is reported by the check of thresholds", () => {
    for (const alert of [{ when: { below: 0 } }, { when: { above: -1 } }, { for: "60d" }] as const)
      assert.equal(findingsOf(thresholdReachable, { alert: { ...alert, examples: [] } }).length, 1);
  });
});
