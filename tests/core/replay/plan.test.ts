import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import { mergePlans, planOf, recordingsBehind, type Plan } from "../../../core/replay/plan";
import { selectorText } from "../../../core/replay/selected";

const evaluating = { everySeconds: 30, lookbackSeconds: 300 };
/** What is always looked at before the window: an interval, and the time until somebody is told. */
const margin = 30 + 120;

function plan(...rules: readonly object[]): Plan {
  return planOf({ rules: readEvaluatedRules([{ name: "g", rules }]), inhibitions: [] }, evaluating);
}

/** The selectors, each with how far it reaches back. */
function selected({ selected: all }: Plan): Readonly<Record<string, number>> {
  return Object.fromEntries(all.map((one) => [selectorText(one), one.reachSeconds]));
}

const alert = (expr: string, more: object = {}): object => ({ alert: "A", expr, ...more });

describe("what alerts read", () => {
  for (const [expr, expected] of [
    ["up == 0", { up: 300 }],
    ["rate(x_total[5m]) > 1", { x_total: 300 }],
    ['sum(rate(x_total{a="b\\"c"}[1h] offset 30m))', { 'x_total{a="b\\"c"}': 5400 }],
    ["max_over_time(rate(x_total[5m])[1h:1m]) > 1", { x_total: 3900 }],
    ["max_over_time((a + b offset 1h)[1d:]) > 1", { a: 86_700, b: 90_300 }],
    ['a{x="1"} > 1 or a > 2', { a: 300 }],
    ['a{x="1"} > 1 or a{y!="2"} > 2', { 'a{x="1"}': 300, 'a{y!="2"}': 300 }],
    ['a > 1 or rate(a{x="1"}[2h]) > 2', { a: 300, 'a{x="1"}': 7200 }],
    ['{"with.dots", "a.b"="c"} > 0', { '{"with.dots","a.b"="c"}': 300 }],
    ["vector(1) > 0 and hour() > 5", {}],
  ] as const) {
    it(`${expr} reads ${JSON.stringify(expected)}`, () => {
      const reaches = Object.fromEntries(Object.entries(expected).map(([text, reach]) => [text, reach + margin]));
      assert.deepEqual(selected(plan(alert(expr))), reaches);
    });
  }

  it("reaches further back by `for`, `keep_firing_for` and the group's `query_offset`", () => {
    const rules = readEvaluatedRules([
      { name: "g", interval: "1m", query_offset: "1m", rules: [alert("up == 0", { for: "1h", keep_firing_for: "10m" })] },
    ]);
    const [one] = planOf({ rules, inhibitions: [] }, evaluating).selected;
    assert.equal(one?.reachSeconds, 300 + 3600 + 600 + 60 + 60 + 120);
  });

  it("is what stands behind recordings, and never their names", () => {
    const planned = plan(
      alert("avg_over_time(c[1h]) > 1"),
      { record: "c", expr: "b + b offset 1h" },
      { record: "b", expr: "rate(a_total[5m])" },
      { record: "unused", expr: "other" },
    );
    assert.deepEqual(selected(planned), { a_total: 300 + 300 + 3600 + 3600 + margin });
    assert.deepEqual(
      planned.recordings.map(({ rule, reachSeconds }) => [rule.name, reachSeconds]),
      [
        ["b", 300 + 3600 + 3600 + margin],
        ["c", 3600 + margin],
      ],
    );
    const [first] = planned.alerts;
    assert.deepEqual(
      [...(first ? recordingsBehind(first.rule, planned) : [])].map(({ name }) => name),
      ["c", "b"],
    );
  });

  for (const [expr, why] of [
    ["ALERTS > 0", "reads ALERTS, which other alerts make"],
    ["up @ 0 == 0", "looks at a fixed moment (@)"],
    ["up offset -5m == 0", "looks into the future (a negative offset)"],
    ['{job="x"} == 0', "selects series by more than one name"],
    ["up ==", "has a query that is no PromQL: unexpected the end in the expression, expected a value"],
    ["self > 0", "reads self, which is recorded from itself"],
  ] as const) {
    it(`tells nothing of ${expr}`, () => {
      const planned = plan(alert(expr), { record: "self", expr: "self + 1" }, { alert: "B", expr: "up == 0" });
      assert.deepEqual([planned.unplayable.length, planned.alerts.length], [1, 1]);
      assert.equal(planned.unplayable[0]?.why.slice(0, 30), why.slice(0, 30));
      assert.deepEqual(Object.keys(selected(planned)), ["up"]);
    });
  }
});

describe("two plans in one place", () => {
  const reader = alert("r > 1");
  const record = (expr: string): object => ({ record: "r", expr });

  it("evaluate what is the same once, as far back as either needs", () => {
    const merged = mergePlans(plan(reader, record("a")), plan(alert("r > 2", { for: "1h" }), record("a")));
    assert.deepEqual(
      merged?.recordings.map(({ rule, reachSeconds }) => [rule.name, reachSeconds]),
      [["r", 300 + 3600 + margin]],
    );
    assert.deepEqual(
      merged.selected.map(({ metric }) => metric),
      ["a"],
    );
  });

  it("are impossible where a name is recorded in two ways, or is a series on one side", () => {
    assert.equal(mergePlans(plan(reader, record("a")), plan(reader, record("b"))), undefined);
    assert.equal(mergePlans(plan(reader, record("a")), plan(reader)), undefined);
    assert.notEqual(mergePlans(plan(reader, record("a")), plan(alert("x > 1"))), undefined);
  });
});
