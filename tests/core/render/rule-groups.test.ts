import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../../core/model/alert";
import { indexOf } from "../../../core/model/model";
import { renderRuleObjects, ruleObjectLimit } from "../../../core/render/prometheus-rule";
import { renderRuleGroups } from "../../../core/render/rule-groups";
import { documentBytes } from "../../../core/render/size";
import { deepAlert, exampleModel, p95, type Change } from "../checks/example";
import { environment } from "./environment";

const many = (count: number, change: Partial<Alert> = {}): readonly Alert[] =>
  Array.from({ length: count }, (_, number) => ({ ...deepAlert, name: `EXMore${number}`, ...change }));

describe("the rule groups of a service", () => {
  it("are its recording rules, then its alerts by the row that shows them", () => {
    assert.deepEqual(
      groups().map(({ name, rules }) => [name, rules.map((rule) => ("record" in rule ? rule.record : rule.alert))]),
      [
        ["ex-recording", ["ex:ex_latency_seconds:p95_5m"]],
        ["ex-row", ["EXDeep"]],
      ],
    );
  });

  it("write a recording rule with its query", () => {
    assert.deepEqual(groups()[0]?.rules, [{ record: p95.name, expr: p95.query.expr }]);
  });

  it("hold at most 20 rules, none of them twice", () => {
    const all = groups({ alerts: many(44) }).filter(({ name }) => name !== "ex-recording");
    assert.deepEqual(
      all.map(({ name, rules }) => [name, rules.length]),
      [
        ["ex-row", 20],
        ["ex-row-2", 20],
        ["ex-row-3", 5],
      ],
    );
    assert.equal(new Set(all.flatMap(({ rules }) => rules.map((rule) => JSON.stringify(rule)))).size, 45);
  });

  it("follow a rule into a group of its own, what is recorded first", () => {
    const own = groups({ alerts: many(1, { group: "slo" }), service: { recordingRules: [{ ...p95, group: "slo" }] } });
    assert.deepEqual(
      own.map(({ name, rules }) => [name, rules.map((rule) => ("record" in rule ? "record" : "alert"))]),
      [
        ["ex-slo", ["record", "alert"]],
        ["ex-row", ["alert"]],
      ],
    );
  });

  it("of two rows with almost the same title are one, because a group's name must be unique", () => {
    const rows = exampleModel().services[0]?.dashboards[0]?.rows ?? [];
    const [first] = rows;
    assert.ok(first);
    const [depth, ...rest] = first.panels;
    const twin = rest[0];
    assert.ok(depth && twin);
    const dashboards = [
      {
        uid: "ex-overview",
        title: "EX",
        description: "x",
        rows: [
          { title: "Row A", panels: [depth] },
          { title: "Row-a", panels: [twin] },
        ],
      },
    ];
    const named = groups({
      service: { dashboards, recordingRules: [], alerts: [deepAlert, { ...deepAlert, name: "EXTwin", panel: twin }] },
    });
    assert.deepEqual(
      named.map(({ name, rules }) => [name, rules.length]),
      [["ex-row-a", 2]],
    );
  });
});

describe("the rule objects of a service", () => {
  it("are one where it is small enough", () => {
    assert.deepEqual(
      objects().map(({ name, groups: held }) => [name, held.map((group) => group.name)]),
      [["ex", ["ex-recording", "ex-row"]]],
    );
  });

  it("are more where it is not, without tearing a group or losing one", () => {
    const impact = "x".repeat(5000);
    const change = { alerts: many(100, { impact }) };
    const parts = objects(change);
    assert.deepEqual(
      parts.map(({ name, groups: held }) => [name, held.length]),
      [
        ["ex", 4],
        ["ex-2", 3],
      ],
    );
    assert.deepEqual(
      parts.filter((part) => documentBytes(part.groups) > ruleObjectLimit),
      [],
    );
    assert.deepEqual(
      parts.flatMap((part) => part.groups),
      groups(change),
    );
  });

  it("are none for a service without rules", () => {
    assert.deepEqual(objects({ service: { alerts: [], recordingRules: [] } }), []);
  });
});

function groups(change: Change = {}) {
  const model = exampleModel(change);
  const [service] = model.services;
  assert.ok(service);
  return renderRuleGroups(service, indexOf(model), environment);
}

function objects(change: Change = {}) {
  const model = exampleModel(change);
  const [service] = model.services;
  assert.ok(service);
  return renderRuleObjects(service, indexOf(model), environment);
}
