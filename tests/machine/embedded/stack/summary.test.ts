import assert from "node:assert/strict";
import { test } from "@jest/globals";
import { describeChanges, describeServices } from "../../../../machine/embedded/stack/summary";

const change = (kind: "created" | "updated" | "replaced" | "deleted" | "unchanged", name: string) => ({
  kind,
  type: "ConfigMap",
  name,
  urn: name,
});

test("services are counted one by one and together", () => {
  const services = {
    gc: { alerts: 1, recordingRules: 2, dashboards: { "gc-overview": "/d/gc-overview" }, runbooks: ["deployment.md"] },
    mc: { alerts: 2, recordingRules: 0, dashboards: {}, runbooks: ["a.md", "b.md", "c.md"] },
  };
  assert.deepEqual(describeServices({ services }), [
    "  gc     3 rules, 1 alert, 1 dashboard, 1 runbook",
    "  mc     2 rules, 2 alerts, 0 dashboards, 3 runbooks",
    "  total  5 rules, 3 alerts, 1 dashboard, 4 runbooks",
  ]);
});

test("a program without the output services has none to describe", () => assert.deepEqual(describeServices({ other: 1 }), []));

test("changes are named by kind, and what stays is counted", () => {
  const changes = [change("unchanged", "a"), change("deleted", "b"), change("created", "d"), change("created", "c")];
  assert.deepEqual(describeChanges(changes), [
    "  created  ConfigMap c",
    "  created  ConfigMap d",
    "  deleted  ConfigMap b",
    "  1 unchanged",
  ]);
  assert.deepEqual(describeChanges(changes, true), [
    "  create   ConfigMap c",
    "  create   ConfigMap d",
    "  delete   ConfigMap b",
    "  1 unchanged",
  ]);
});

test("no change is said in words", () => assert.deepEqual(describeChanges([change("unchanged", "a")]), ["  nothing to change"]));

test("many changes are cut after twenty of a kind", () => {
  const changes = Array.from({ length: 23 }, (_, index) => change("updated", `n${String(index).padStart(2, "0")}`));
  const lines = describeChanges(changes);
  assert.equal(lines.length, 21);
  assert.equal(lines.at(-1), "  updated  and 3 more");
});
