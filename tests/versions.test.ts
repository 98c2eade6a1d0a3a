import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { loadStackFile } from "../core/load/stack-file";
import { loadProject, prepareDeployment } from "../project";

const root = resolve(__dirname, "..");
const loaded = loadStackFile(root, "prod");
const right = "value" in loaded ? loaded.value : {};
const webhook = { watchdog: { webhook: "hook/url" } };

function refusals(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const prepared = prepareDeployment(loadProject(root), "prod", { ...right, ...changes });
  if ("value" in prepared) return [];
  return prepared.findings.map(({ subject, message }) => `${subject.name ?? ""}: ${message.replace(/Needed by .*/, "")}`);
}

describe("what runs in a stack", () => {
  const refused: readonly { name: string; changes: Readonly<Record<string, unknown>>; message: string }[] = [
    {
      name: "a Prometheus that knows no keep_firing_for",
      changes: { versions: { prometheus: "2.41" } },
      message: "versions.prometheus: prometheus 2.41 does not read keep_firing_for: only version 2.42 and newer do. ",
    },
    {
      name: "an operator whose definitions know none",
      changes: { versions: { operator: "v0.65.2" } },
      message:
        "versions.operator: operator v0.65.2 does not read keep_firing_for in a PrometheusRule: only version 0.66 and newer do. ",
    },
    {
      name: "the one operator that refuses templates in links",
      changes: { versions: { operator: "0.88.1" } },
      message: "versions.operator: operator 0.88.1 does not read templates in the links of PagerDuty: version 0.88 refuses it. ",
    },
    {
      name: "a Thanos Ruler that knows no keep_firing_for",
      changes: { versions: { thanosRuler: "0.33" } },
      message: "versions.thanosRuler: thanosRuler 0.33 does not read keep_firing_for: only version 0.34 and newer do. ",
    },
    {
      name: "an Alertmanager that reads no webhook's address from a file",
      changes: { versions: { alertmanager: "0.25" }, alertmanager: "plain", receivers: webhook },
      message: "versions.alertmanager: alertmanager 0.25 does not read url_file of a webhook: only version 0.26 and newer do. ",
    },
  ];
  for (const { name, changes, message } of refused)
    it(`is refused: ${name}`, () => assert.deepEqual(refusals(changes), [message]));

  const accepted: readonly { name: string; changes: Readonly<Record<string, unknown>> }[] = [
    { name: "nothing is stated", changes: {} },
    { name: "the first version that can", changes: { versions: { prometheus: "2.42", operator: "0.66", thanosRuler: "0.34" } } },
    { name: "2.100 is newer than 2.42", changes: { versions: { prometheus: "2.100" } } },
    { name: "the operator is newer than the one that refuses", changes: { versions: { operator: "0.89" } } },
    { name: "that operator, and nobody is told by PagerDuty", changes: { versions: { operator: "0.88" }, receivers: webhook } },
    {
      name: "an old operator that is given nothing",
      changes: { versions: { operator: "0.1" }, rules: "configmap", alertmanager: "plain" },
    },
    {
      name: "the operator writes the webhook's address itself",
      changes: { versions: { alertmanager: "0.25" }, receivers: webhook },
    },
  ];
  for (const { name, changes } of accepted) it(`is accepted: ${name}`, () => assert.deepEqual(refusals(changes), []));
});
