import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { configurationSchema } from "../../../core/load/files/configuration";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import { loadDeployedRuleSet, loadRuleSet } from "../../../core/load/files/rule-set";
import { folderOf } from "../../files/small-repository";
import { temporaryFolder } from "../../machine/temporary-folder";

const group = { name: "g", rules: [{ alert: "Down", expr: "up == 0" }] };
const inhibition = { source_matchers: ['alertname="A"'], target_matchers: ["severity!=page"], equal: ["zone"] };
const read = {
  sourceMatch: [{ name: "alertname", matchType: "=", value: "A" }],
  targetMatch: [{ name: "severity", matchType: "!=", value: "page" }],
  equal: ["zone"],
};

describe("rules as they are evaluated", () => {
  it("have the labels, the interval and the offset of their group, and durations in seconds", () => {
    const rules = readEvaluatedRules([
      {
        name: "g",
        interval: "1m30s",
        query_offset: "30s",
        labels: { team: "a", zone: "x" },
        rules: [
          { alert: "Down", expr: "up == 0", for: "1h30m", keep_firing_for: "90s", labels: { zone: "y" } },
          { record: "job:up", expr: "sum by (job) (up)" },
          { alert: "Half" },
          "no rule",
        ],
      },
      { name: "h", rules: [{ alert: "Number", expr: 1 }] },
    ]);
    const shared = { everySeconds: 90, offsetSeconds: 30 };
    assert.deepEqual(rules, [
      {
        ...{ kind: "alert", name: "Down", expr: "up == 0", labels: { team: "a", zone: "y" } },
        ...{ forSeconds: 5400, keepFiringSeconds: 90, ...shared },
      },
      {
        ...{ kind: "record", name: "job:up", expr: "sum by (job) (up)", labels: { team: "a", zone: "x" } },
        ...{ forSeconds: 0, keepFiringSeconds: 0, ...shared },
      },
      { kind: "alert", name: "Number", expr: "1", labels: {}, forSeconds: 0, keepFiringSeconds: 0, offsetSeconds: 0 },
    ]);
  });
});

describe("a rule set", () => {
  const names = (files: Readonly<Record<string, string>>, configuration: object): readonly string[] => {
    const repository = { files: Object.keys(files), read: (file: string) => ({ text: files[file] ?? "" }) };
    return loadRuleSet(configurationSchema.parse(configuration), repository).rules.map(({ name }) => name);
  };

  it("is what rule files, manifests, Lists and ConfigMaps hold, each file once", () => {
    const resource = { kind: "PrometheusRule", spec: { groups: [{ ...group, rules: [{ alert: "Second", expr: "1" }] }] } };
    const list = {
      kind: "List",
      items: [{ ...resource, spec: { groups: [{ ...group, rules: [{ alert: "Third", expr: "1" }] }] } }],
    };
    const map = {
      kind: "ConfigMap",
      data: { "x.yaml": stringify({ groups: [{ ...group, rules: [{ alert: "Fourth", expr: "1" }] }] }) },
    };
    const files = {
      "a.yaml": stringify({ groups: [group] }),
      "b.yaml": [resource, list, map].map((one) => stringify(one)).join("---\n"),
      "loki.yaml": stringify({ groups: [{ name: "l", rules: [{ alert: "Logs", expr: 'rate({a="b"} |= "x" [5m]) > 1' }] }] }),
    };
    assert.deepEqual(names(files, { rules: ["*.yaml"], manifests: ["b.yaml"] }), ["Down", "Second", "Third", "Fourth"]);
  });

  it("has the inhibitions of an alertmanager.yml and of AlertmanagerConfigs", () => {
    const object = { kind: "AlertmanagerConfig", spec: { inhibitRules: [{ ...read }] } };
    const files: Readonly<Record<string, string>> = {
      "alertmanager.yml": stringify({ inhibit_rules: [inhibition] }),
      "k8s.yaml": stringify(object),
    };
    const repository = { files: Object.keys(files), read: (file: string) => ({ text: files[file] ?? "" }) };
    const configuration = configurationSchema.parse({ alertmanager: ["alertmanager.yml"], manifests: ["k8s.yaml"] });
    assert.deepEqual(loadRuleSet(configuration, repository).inhibitions, [read, read]);
  });

  it("of a stack is what lies among the manifests that it deployed, and nothing where it deployed none", () => {
    const folder = folderOf({
      "manifests/x/rule.yaml": stringify({ kind: "PrometheusRule", spec: { groups: [group] } }),
      "manifests/alertmanager.yaml": stringify({
        kind: "ConfigMap",
        data: { "alertmanager.yaml": stringify({ inhibit_rules: [inhibition] }) },
      }),
    });
    const { rules, inhibitions } = loadDeployedRuleSet(folder);
    // Copied: what comes of a folder's list is no array of the tests' own.
    assert.deepEqual([[...rules].map(({ name }) => name), [...inhibitions]], [["Down"], [read]]);
    assert.deepEqual(loadDeployedRuleSet(join(temporaryFolder(), "none")), { rules: [], inhibitions: [] });
  });
});
