import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { loadStackFile } from "../../core/load/stack-file";
import { loadProgram } from "../../machine/embedded/stack/program";
import { recordResources } from "./recorded";

const root = resolve(__dirname, "../..");

describe("the program", () => {
  it("passes Grafana's token on as a secret, and returns it nowhere", async () => {
    const loaded = loadStackFile(root, "prod");
    assert.ok("value" in loaded);
    const settings = new Map(Object.entries(loaded.value).map(([key, value]) => [key, asConfig(value)]));
    const recorded = recordResources({ ...Object.fromEntries(settings), grafanaToken: "glsa_token" }, ["grafanaToken"]);
    const outputs = await loadProgram(root)();
    await new Promise((done) => setTimeout(done, 50));

    const provider = recorded.find(({ type }) => type === "pulumi:providers:grafana");
    assert.ok(provider, "no Grafana provider was registered");
    assert.equal(Reflect.get(Object(provider.inputs["auth"]), specialSigKey), specialSecretSig);
    const others = recorded.filter((resource) => resource !== provider);
    assert.doesNotMatch(JSON.stringify({ outputs, others }), /glsa_token/);
  });
});

/** As the engine passes a setting: text as it is, lists and objects as JSON. */
function asConfig(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
