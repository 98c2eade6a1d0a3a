import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readPassed } from "../../../core/load/configuration";

function read(configuration: Readonly<Record<string, string>>, secrets: readonly string[] = []) {
  const prefixed = Object.fromEntries(
    Object.entries(configuration).map(([key, text]) => [key.includes(":") ? key : `dark-tower-observability:${key}`, text]),
  );
  return readPassed(prefixed, (key) => secrets.some((name) => key.endsWith(`:${name}`)), "Pulumi.prod.yaml");
}

function faultsOf(...args: Parameters<typeof read>): readonly string[] {
  return read(...args).findings.map(({ subject, message }) => `${subject.name ?? ""}: ${message}`);
}

describe("what the engine passes to the program", () => {
  it("is the settings by their short names, objects and lists out of their JSON", () => {
    assert.deepEqual(
      read({ grafanaUrl: "https://g", services: '["mc"]', "kubernetes:context": "prod-eu", "pulumi:tags": "{}" }),
      {
        values: { grafanaUrl: "https://g", services: ["mc"] },
        findings: [],
      },
    );
  });

  it("is refused with a token in plain text, wherever it was set, which is not repeated", () => {
    assert.deepEqual(faultsOf({ grafanaToken: "glsa_example" }), [
      "grafanaToken: is readable in the file. Revoke the token, then run `pulumi config set --secret grafanaToken`.",
    ]);
    assert.deepEqual(faultsOf({ grafanaToken: "glsa_example" }, ["grafanaToken"]), []);
  });

  it("is refused with a secret that would be readable in what is deployed", () => {
    assert.equal(faultsOf({ grafanaUrl: "https://g" }, ["grafanaUrl"]).length, 1);
  });

  it("is refused with a cluster that an emptied setting does not name", () => {
    assert.deepEqual(faultsOf({ "kubernetes:context": "" }), [
      "kubernetes:context: must be a text, and not empty: the stack would go to whatever cluster is current.",
    ]);
    assert.deepEqual(faultsOf({ "kubernetes:context": "123", "kubernetes:kubeconfig": '{"apiVersion":"v1"}' }), []);
  });

  it("is refused with a provider's setting that the program would ignore", () => {
    assert.deepEqual(faultsOf({ "kubernetes:namespace": "x" }), [
      "kubernetes:namespace: would be ignored: the namespace is the setting monitoringNamespace.",
    ]);
  });

  it("is refused with a cluster's credentials in plain text", () => {
    const kubeconfig = '{"users":[{"user":{"token":"x"}}]}';
    assert.deepEqual(faultsOf({ "kubernetes:kubeconfig": kubeconfig }), [
      "kubernetes:kubeconfig: is readable in the file. Revoke the secret, then take it out of the file.",
    ]);
    assert.deepEqual(faultsOf({ "kubernetes:kubeconfig": kubeconfig }, ["kubeconfig"]), []);
    assert.deepEqual(faultsOf({ "kubernetes:kubeconfig": "~/.kube/prod", "pulumi:tags": '{"a":"b"}' }), []);
  });
});
