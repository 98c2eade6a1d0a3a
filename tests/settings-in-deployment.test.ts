import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { loadStackFile } from "../core/load/stack-file";
import { loadProject, prepareDeployment } from "../project";

const root = resolve(__dirname, "..");
const loaded = loadStackFile(root, "staging");
const right = "value" in loaded ? loaded.value : {};

function warnings(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const prepared = prepareDeployment(loadProject(root), "staging", { ...right, ...changes });
  return "value" in prepared ? prepared.value.warnings.map(({ subject, message }) => `${subject.name ?? ""}: ${message}`) : [];
}

describe("a retention shorter than the window of the objectives", () => {
  it("is warned of", () => {
    assert.deepEqual(warnings({ prometheusRetention: "15d" }), [
      "prometheusRetention: is 15d, but error budgets are counted over 30d: the panels show those of 15d. Let Prometheus keep 30d.",
    ]);
  });

  for (const [name, changes] of [
    ["that long", { prometheusRetention: "30d" }],
    ["longer, in another unit", { prometheusRetention: "2160h" }],
  ] as const) {
    it(`is not when it is ${name}`, () => {
      assert.deepEqual(warnings(changes), []);
    });
  }
});

describe("an override that breaks the chain", () => {
  it("is found in the stack's file, where it is repaired", () => {
    const prepared = prepareDeployment(loadProject(root), "staging", {
      ...right,
      alertOverrides: { MCHighMemory: { threshold: 1.5 } },
    });
    assert.ok("findings" in prepared);
    const errors = prepared.findings.filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ subject }) => [subject.file, subject.name]),
      [["Pulumi.staging.yaml", "alertOverrides.MCHighMemory"]],
    );
  });
});
