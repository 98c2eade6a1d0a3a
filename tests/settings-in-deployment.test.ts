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
  const refused = (alertOverrides: object): readonly string[] => {
    const prepared = prepareDeployment(loadProject(root), "staging", { ...right, alertOverrides });
    const errors = "findings" in prepared ? prepared.findings.filter(({ severity }) => severity === "error") : [];
    return errors.map(({ subject, message }) => `${subject.file} ${subject.name ?? ""}: ${message.split(",")[0] ?? ""}`);
  };
  for (const [name, override, message] of [
    ["MCHighMemory", { threshold: 1.5 }, "fires above 150 %"],
    ["MCHighMemory", { threshold: 85 }, "fires above 8500 %"],
    ["MCHighMemory", { threshold: -0.1 }, "fires above -10 %"],
    ["MCHighMailboxDepth", { threshold: -1 }, "fires above -1"],
    ["GCNoHealthyMcs", { threshold: 0, for: "90d" }, "waits 90d before it fires"],
  ] as const) {
    it(`is found in the stack's file, where it is repaired: ${name} ${JSON.stringify(override)}`, () => {
      assert.deepEqual(refused({ [name]: override }).slice(0, 1), [`Pulumi.staging.yaml alertOverrides.${name}: ${message}`]);
    });
  }

  for (const [name, override] of [
    ["MCHighMemory", { threshold: 0.99 }],
    ["MCHighMailboxDepth", { threshold: 0 }],
    ["MCHighMailboxDepth", { for: "30m" }],
    ["MCHighMailboxDepth", { threshold: 1e6, for: "0s" }],
  ] as const) {
    it(`is none where the chain holds: ${name} ${JSON.stringify(override)}`, () => {
      assert.deepEqual(refused({ [name]: override }), []);
    });
  }
});

describe("an external label that a summary prints", () => {
  const project = loadProject(root);
  const refused = (summary: string): readonly string[] => {
    const services = project.services.map((service) => ({
      ...service,
      alerts: service.alerts.map((alert) => (alert.name === "MCDown" ? { ...alert, summary } : alert)),
    }));
    const settings = { ...right, externalLabels: { cluster: "eu-1" }, alertOverrides: {} };
    const prepared = prepareDeployment({ ...project, services }, "staging", settings);
    const findings = "findings" in prepared ? prepared.findings : [];
    return findings
      .filter(({ check }) => check === "template-expands")
      .map(({ subject, message }) => `${subject.file}: ${message}`);
  };

  it("is one of those that the stack names", () => {
    assert.deepEqual(refused("No MC is up in {{ $externalLabels.cluster }}"), []);
    const [found = "", ...others] = refused("No MC is up in {{ $externalLabels.clutser }}");
    assert.match(
      found,
      /^Pulumi\.staging\.yaml: .*MCDown: its summary prints \$externalLabels\.clutser, .* Did you mean "cluster"\?/,
    );
    assert.deepEqual(others, []);
  });
});
