import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { readStackFile } from "../../../core/load/stack-file";
import { temporaryFolder } from "../../machine/temporary-folder";

const root = temporaryFolder();

/** What a stack with an empty file gets from a Pulumi.yaml with this configuration. */
function read(configuration: string, stack = "") {
  writeFileSync(join(root, "Pulumi.yaml"), `name: dark-tower-observability\n${configuration}\n`);
  writeFileSync(join(root, "Pulumi.dev.yaml"), stack);
  const { values, findings } = readStackFile(root, "dev");
  return { values, told: findings.map(({ subject, message }) => `${subject.file} ${subject.name ?? ""}: ${message}`) };
}

describe("what Pulumi.yaml sets for all stacks", () => {
  for (const setting of [
    "grafanaUrl: https://a",
    "grafanaUrl: { value: https://a }",
    "grafanaUrl: { type: string, default: https://a }",
    "grafanaUrl: { type: string, description: x, default: https://b, value: https://a }",
    "dark-tower-observability:grafanaUrl: https://a",
    "dark-tower-observability:config:grafanaUrl: { default: https://a }",
  ])
    it(`is read in each form: ${setting}`, () => {
      assert.deepEqual(read(`config: { "${setting.replace(/: /, '": ')} }`), { values: { grafanaUrl: "https://a" }, told: [] });
    });

  it("is nothing where it is only declared", () => {
    assert.deepEqual(read("config: { grafanaUrl: { type: string } }"), { values: {}, told: [] });
  });

  it("gives way to what the stack sets", () => {
    assert.deepEqual(read("config: { services: [mc] }", "config: { services: [gc] }").values, { services: ["gc"] });
  });

  it("may name the cluster", () => {
    assert.deepEqual(read('config: { "kubernetes:context": prod-eu }').told, []);
  });

  const refused: Readonly<Record<string, string>> = {
    "config: { grafanaToken: { type: string, default: abc } }":
      "Pulumi.yaml grafanaToken: is readable in the file. Revoke the token, then run `pulumi config set --secret grafanaToken`.",
    "config: { grafanaToken: { type: string, secret: true, value: abc } }":
      "Pulumi.yaml grafanaToken: is readable in the file. Revoke the token, then run `pulumi config set --secret grafanaToken`.",
    "config: { grafanaToken: abc }":
      "Pulumi.yaml grafanaToken: is readable in the file. Revoke the token, then run `pulumi config set --secret grafanaToken`.",
    'config: { "grafana:url": { value: x } }':
      "Pulumi.yaml grafana:url: would be ignored: the address of Grafana is the setting grafanaUrl.",
    'config: { "kubernetes:namespace": x }':
      "Pulumi.yaml kubernetes:namespace: would be ignored: the namespace is the setting monitoringNamespace.",
    'config: { "kubernetes:context": { value: "" } }':
      "Pulumi.yaml kubernetes:context: must be a text, and not empty: the stack would go to whatever cluster is current.",
    "# glsa_abc_def\nconfig: {}":
      "Pulumi.yaml : a comment holds a token, which is readable in the file. Revoke it, then take it out of the file.",
  };
  for (const [configuration, message] of Object.entries(refused))
    it(`is refused: ${configuration}`, () => assert.deepEqual(read(configuration).told, [message]));

  it("may speak of tokens", () => {
    const spoken = "grafanaToken: { type: string, description: The token of Grafana, secret: true }";
    assert.deepEqual(read(`config: { ${spoken} } # set the token with pulumi config set --secret`).told, []);
  });
});
