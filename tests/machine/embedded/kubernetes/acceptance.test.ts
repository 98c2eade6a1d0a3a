import assert from "node:assert/strict";
import { test } from "@jest/globals";
import { createProvider } from "../../../../machine/embedded/kubernetes/provider";
import { configMap, inhibitions, metadata, oneRule, rules, types } from "./objects";
import { ProviderCalls, urnOf } from "../provider/provider-calls";
import { temporaryFolder } from "../../temporary-folder";

const target = temporaryFolder();

const accepted: { what: string; kind: keyof typeof types; inputs: object }[] = [
  {
    what: "labels with a prefix and without a value",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, labels: { "app.kubernetes.io/part-of": "dark-tower", empty: "" } } }),
  },
  { what: "the longest name", kind: "ConfigMap", inputs: configMap({ metadata: { ...metadata, name: "a".repeat(253) } }) },
  { what: "exactly a megabyte", kind: "ConfigMap", inputs: configMap({ data: { a: "a".repeat(1_048_576) } }) },
  { what: "durations of several units", kind: "PrometheusRule", inputs: oneRule({ for: "1h30m", keep_firing_for: "0" }) },
  {
    what: "a recording rule",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", interval: "1m", rules: [{ record: "job:up:sum", expr: "sum(up)", labels: { a: "b" } }] }),
  },
  {
    what: "every type of matcher",
    kind: "AlertmanagerConfig",
    inputs: inhibitions({
      sourceMatch: ["=", "!=", "=~", "!~"].map((matchType) => ({ name: "a", value: "b", matchType })),
      targetMatch: [{ name: "a", value: "b" }],
    }),
  },
  {
    what: "plain text",
    kind: "Secret",
    inputs: { apiVersion: "v1", kind: "Secret", metadata, stringData: { "alertmanager.yaml": "route: {}" } },
  },
];

for (const { what, kind, inputs } of accepted) {
  test(`a ${kind} is accepted with ${what}`, async () => {
    const provider = new ProviderCalls(createProvider(target));
    assert.deepEqual(await provider.complaints(urnOf(types[kind], "mc"), inputs), []);
  });
}

test("what is not known before an update is not judged in a preview", async () => {
  const provider = new ProviderCalls(createProvider(target));
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  assert.deepEqual(await provider.complaints(urnOf(types.ConfigMap, "mc"), configMap({ metadata: { name: unknown } })), []);
});
