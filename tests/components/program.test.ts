import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { loadStackFile } from "../../core/load/stack-file";
import { loadProgram } from "../../machine/embedded/stack/program";
import { recordResources, settled } from "./recorded";

const root = resolve(__dirname, "../..");

describe("the program", () => {
  it("passes Grafana's token on as a secret, and returns it nowhere", async () => {
    const recorded = recordResources({ ...settingsOf("prod"), grafanaToken: "glsa_token" }, ["grafanaToken"]);
    const outputs = await loadProgram(root)();
    await new Promise((done) => setTimeout(done, 50));

    const provider = recorded.find(({ type }) => type === "pulumi:providers:grafana");
    assert.ok(provider, "no Grafana provider was registered");
    assert.equal(Reflect.get(Object(provider.inputs["auth"]), specialSigKey), specialSecretSig);
    const others = recorded.filter((resource) => resource !== provider);
    assert.doesNotMatch(JSON.stringify({ outputs, others }), /glsa_token/);
  });

  it("without Grafana's token is refused before anything but a provider is declared", async () => {
    const settings = settingsOf("prod");
    const before = process.env["GRAFANA_AUTH"];
    Reflect.deleteProperty(process.env, "GRAFANA_AUTH");
    try {
      const recorded = recordResources(settings);
      await assert.rejects(loadProgram(root)(), /Nothing was deployed. dashboardDelivery is grafana-api, which needs a token/);
      await new Promise((done) => setTimeout(done, 50));
      assert.deepEqual([...new Set(recorded.map(({ type }) => type))], ["pulumi:providers:kubernetes"]);
    } finally {
      if (before !== undefined) process.env["GRAFANA_AUTH"] = before;
    }
  });

  it("returns few outputs, which are numbers and short names", async () => {
    recordResources(settingsOf("dev"));
    const outputs = (await loadProgram(root)()) ?? {};
    await settled();
    const leaves: unknown[] = [];
    JSON.stringify(outputs, (_, value: unknown) => {
      if (typeof value !== "object") leaves.push(value);
      return value;
    });
    assert.deepEqual(Object.keys(outputs), ["services", "dependencies", "objectives", "journeys"]);
    assert.ok(leaves.length < 60, `There are ${leaves.length} values.`);
    assert.deepEqual(
      leaves.filter((value) => typeof value !== "number" && !/^[^\n]{1,120}$/.test(String(value))),
      [],
    );
  });
});

describe("a stack that names its cluster", () => {
  const uid = "0f4c3e9a-5b1d-4f6e-8c2a-9d7b6a5e4f3c";
  const run = async (settings: Readonly<Record<string, string>>) => {
    const recorded = recordResources({ ...settingsOf("prod"), grafanaToken: "glsa_token", ...settings }, ["grafanaToken"], {
      "kube-system": uid,
    });
    await loadProgram(root)();
    await new Promise((done) => setTimeout(done, 50));
    return recorded;
  };

  it("by its context is deployed through that context", async () => {
    const recorded = await run({ "kubernetes:context": "prod-eu" });
    const provider = recorded.find(({ type }) => type === "pulumi:providers:kubernetes");
    assert.equal(provider?.inputs["context"], "prod-eu");
  });

  it("by its uid is deployed there", async () => {
    const recorded = await run({ clusterUid: uid });
    assert.ok(recorded.some(({ type }) => type === "kubernetes:core/v1:ConfigMap"));
  });

  it("by another uid is refused before anything is declared", async () => {
    await assert.rejects(
      run({ clusterUid: uid.replace("0f", "1f") }),
      /Nothing was deployed.*is another cluster than the stack's/s,
    );
  });
});

/** What a stack's file says, as the engine passes it on. */
function settingsOf(stack: string): Readonly<Record<string, string>> {
  const loaded = loadStackFile(root, stack);
  assert.ok("value" in loaded);
  return Object.fromEntries(Object.entries(loaded.value).map(([key, value]) => [key, asConfig(value)]));
}

/** As the engine passes a setting: text as it is, lists and objects as JSON. */
function asConfig(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
