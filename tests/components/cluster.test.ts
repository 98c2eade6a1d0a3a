import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, it } from "@jest/globals";
import { currentContext, grafanaProvider, kubernetesProvider, requireCluster } from "../../components/cluster";
import { inTemporaryFolder } from "../../core/simulate/local-server";
import { recordResources, settled } from "./recorded";

const settings = {
  monitoringNamespace: "monitoring",
  createNamespace: false,
  lookForDefinitions: true,
  rules: "operator",
  scrape: "none",
  alertmanager: "operator",
} as const;

async function registered(changes: Partial<Parameters<typeof requireCluster>[0]>): Promise<readonly string[]> {
  const recorded = recordResources();
  await requireCluster({ ...settings, ...changes }, kubernetesProvider());
  await settled();
  return recorded.map(({ type, name, id }) => [type.split(":").at(-1), name, ...(id ? [`read ${id}`] : [])].join(" "));
}

describe("a cluster", () => {
  it("is looked at before anything is created: the namespace, and the definitions that are needed", async () => {
    assert.deepEqual(await registered({}), [
      "kubernetes kubernetes",
      "Namespace namespace read monitoring",
      "CustomResourceDefinition prometheusrules.monitoring.coreos.com read prometheusrules.monitoring.coreos.com",
      "CustomResourceDefinition alertmanagerconfigs.monitoring.coreos.com read alertmanagerconfigs.monitoring.coreos.com",
    ]);
  });

  it("needs no definition of the operator where nothing is for it, and none is looked for where that is not allowed", async () => {
    const read = ["kubernetes kubernetes", "Namespace namespace read monitoring"];
    assert.deepEqual(await registered({ rules: "configmap", alertmanager: "plain" }), read);
    assert.deepEqual(await registered({ lookForDefinitions: false }), read);
  });

  it("gets the namespace where the stack says so", async () => {
    assert.deepEqual(await registered({ createNamespace: true, lookForDefinitions: false }), [
      "kubernetes kubernetes",
      "Namespace namespace",
    ]);
  });

  it("is that of the context, and takes back what was edited by hand", async () => {
    const recorded = recordResources({ "kubernetes:context": "prod-eu" });
    kubernetesProvider();
    await settled();
    const others = recordResources();
    kubernetesProvider();
    await settled();
    assert.deepEqual(
      [...recorded, ...others].map(({ inputs }) => [inputs["context"], inputs["enablePatchForce"]]),
      [
        ["prod-eu", "true"],
        [undefined, "true"],
      ],
    );
  });
});

describe("the current context", () => {
  it("is that of the first kubeconfig which names one", async () => {
    await inTemporaryFolder((folder) => {
      const write = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      };
      const files = [
        join(folder, "gone"),
        write("a", "a: ["),
        write("b", "contexts: []"),
        write("c", "current-context: prod-us"),
      ];
      assert.equal(currentContext({ KUBECONFIG: files.join(delimiter) }), "prod-us");
      assert.equal(currentContext({ KUBECONFIG: files.slice(0, 3).join(delimiter) }), undefined);
      return Promise.resolve();
    });
  });
});

describe("Grafana's API without a token", () => {
  const before = process.env["GRAFANA_AUTH"];
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, "GRAFANA_AUTH");
    else process.env["GRAFANA_AUTH"] = before;
  });

  it("is refused before anything is created", () => {
    recordResources();
    Reflect.deleteProperty(process.env, "GRAFANA_AUTH");
    assert.throws(
      () => grafanaProvider("https://grafana.example.com"),
      /needs a token: run `pulumi config set --secret grafanaToken`/,
    );
    process.env["GRAFANA_AUTH"] = "";
    assert.throws(() => grafanaProvider("https://grafana.example.com"), /needs a token/);
  });

  it("is not refused with one, in the environment or in the stack's settings", () => {
    recordResources();
    process.env["GRAFANA_AUTH"] = "token";
    grafanaProvider("https://grafana.example.com");
    Reflect.deleteProperty(process.env, "GRAFANA_AUTH");
    recordResources({ grafanaToken: "token" }, ["grafanaToken"]);
    grafanaProvider("https://grafana.example.com");
  });
});
