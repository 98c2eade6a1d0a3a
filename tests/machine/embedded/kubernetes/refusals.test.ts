import assert from "node:assert/strict";
import { test } from "@jest/globals";
import { createProvider } from "../../../../machine/embedded/kubernetes/provider";
import { configMap, inhibitions, metadata, oneRule, rule, rules, types } from "./objects";
import { ProviderCalls, urnOf } from "../provider/provider-calls";
import { temporaryFolder } from "../../temporary-folder";

const target = temporaryFolder();
const subdomain =
  'is not a DNS subdomain: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters.';
const qualified = 'letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63 characters';
const durations = 'is not a duration: such as "30s", "5m" or "1h30m", units from large to small.';
const labelNames = 'is not a label name: letters, digits and "_", not beginning with a digit.';

const refused: { what: string; kind: keyof typeof types; inputs: object; says: string[] }[] = [
  {
    what: "no name",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { namespace: "a" } }),
    says: ["metadata.name: Missing: without it the object would get a random name that nothing can link to."],
  },
  {
    what: "no namespace",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { name: "a" } }),
    says: ["metadata.namespace: Missing: the object would land in whatever namespace happens to be current."],
  },
  {
    what: "a name with capitals",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { name: "Mc", namespace: "a" } }),
    says: [`metadata.name: "Mc" ${subdomain}`],
  },
  {
    what: "a long name",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { name: "a".repeat(254), namespace: "a" } }),
    says: [`metadata.name: "${"a".repeat(254)}" ${subdomain}`],
  },
  {
    what: "a namespace with a dot",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { name: "a", namespace: "a.b" } }),
    says: [
      'metadata.namespace: "a.b" is not a namespace: lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters.',
    ],
  },
  {
    what: "a label value with a blank",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, labels: { team: "a b" } } }),
    says: [`metadata.labels["team"]: "a b" is not a label value: ${qualified}.`],
  },
  {
    what: "a label value that is too long",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, labels: { team: "a".repeat(64) } } }),
    says: [`metadata.labels["team"]: "${"a".repeat(64)}" is not a label value: ${qualified}.`],
  },
  {
    what: "a label value that is a number",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, labels: { team: 7 } } }),
    says: ['metadata.labels["team"]: 7 is not a string.'],
  },
  {
    what: "a label key with two slashes",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, labels: { "a/b/c": "d" } } }),
    says: [`metadata.labels: Key "a/b/c": ${qualified}, after an optional prefix and "/".`],
  },
  {
    what: "a label key with a wrong prefix",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, labels: { "A_b/c": "d" } } }),
    says: ['metadata.labels: Key "A_b/c": what stands before "/" must be a DNS subdomain such as "example.com".'],
  },
  {
    what: "annotations that are too long",
    kind: "ConfigMap",
    inputs: configMap({ metadata: { ...metadata, annotations: { note: "a".repeat(262_144) } } }),
    says: ["metadata.annotations: 262148 bytes in all; Kubernetes takes at most 262144."],
  },
  {
    what: "a data key with a slash",
    kind: "ConfigMap",
    inputs: configMap({ data: { "a/b": "c" } }),
    says: ['data: Key "a/b": letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters.'],
  },
  { what: "data that is no text", kind: "ConfigMap", inputs: configMap({ data: { a: 1 } }), says: ['data["a"]: Not a string.'] },
  {
    what: "data that is too long",
    kind: "ConfigMap",
    inputs: configMap({ data: { a: "é".repeat(524_289) } }),
    says: ["data: 1048578 bytes in all; Kubernetes takes at most 1048576. Split the object."],
  },
  {
    what: "another kind than its type",
    kind: "ConfigMap",
    inputs: configMap({ kind: "Secret" }),
    says: ['kind: "Secret" does not fit the resource\'s type; it must be "ConfigMap".'],
  },
  {
    what: "data that is not base64",
    kind: "Secret",
    inputs: { apiVersion: "v1", kind: "Secret", metadata, data: { password: "hunter2!" } },
    says: ['data["password"]: Not base64.'],
  },
  {
    what: "no groups",
    kind: "PrometheusRule",
    inputs: { ...rules(), spec: {} },
    says: ["spec.groups: Missing: a PrometheusRule is a list of groups."],
  },
  {
    what: "two groups of one name",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", rules: [rule({})] }, { name: "mc", rules: [rule({})] }),
    says: ['spec.groups: Two groups are named "mc"; a name may occur once in an object.'],
  },
  {
    what: "a group without rules",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", rules: [] }),
    says: ["spec.groups[0].rules: A group needs at least one rule."],
  },
  {
    what: "a rule that is neither",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", rules: [{ expr: "1" }] }),
    says: ['spec.groups[0].rules[0]: A rule has either "alert" or "record"; this one has neither.'],
  },
  {
    what: "a rule that is both",
    kind: "PrometheusRule",
    inputs: oneRule({ record: "a:b" }),
    says: ['spec.groups[0].rules[0]: A rule has either "alert" or "record"; this one has both.'],
  },
  {
    what: "an empty expression",
    kind: "PrometheusRule",
    inputs: oneRule({ expr: " " }),
    says: ["spec.groups[0].rules[0].expr: Empty."],
  },
  {
    what: "an alert name of two lines",
    kind: "PrometheusRule",
    inputs: oneRule({ alert: "a\nb" }),
    says: ['spec.groups[0].rules[0].alert: "a\\nb" is not an alert name: one line of text, not empty.'],
  },
  {
    what: "a duration in words",
    kind: "PrometheusRule",
    inputs: oneRule({ for: "5 minutes" }),
    says: [`spec.groups[0].rules[0].for: "5 minutes" ${durations}`],
  },
  {
    what: "a duration with its units turned round",
    kind: "PrometheusRule",
    inputs: oneRule({ keep_firing_for: "5m1h" }),
    says: [`spec.groups[0].rules[0].keep_firing_for: "5m1h" ${durations}`],
  },
  {
    what: "an empty interval",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", interval: "", rules: [rule({})] }),
    says: [`spec.groups[0].interval: "" ${durations}`],
  },
  {
    what: "a label name with a dash",
    kind: "PrometheusRule",
    inputs: oneRule({ labels: { "a-b": "c" } }),
    says: [`spec.groups[0].rules[0].labels: "a-b" ${labelNames}`],
  },
  {
    what: "an annotation that is a number",
    kind: "PrometheusRule",
    inputs: oneRule({ annotations: { summary: 1 } }),
    says: ["spec.groups[0].rules[0].annotations.summary: 1 is not a string."],
  },
  {
    what: "a recorded metric with a dash",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", rules: [{ record: "a-b", expr: "1" }] }),
    says: [
      'spec.groups[0].rules[0].record: "a-b" is not a metric name: letters, digits, "_" and ":", not beginning with a digit.',
    ],
  },
  {
    what: "a recording rule that waits",
    kind: "PrometheusRule",
    inputs: rules({ name: "mc", rules: [{ record: "a:b", expr: "1", for: "5m" }] }),
    says: ["spec.groups[0].rules[0].for: A recording rule cannot have it; it belongs to an alert."],
  },
  {
    what: "an object that the operator skips",
    kind: "PrometheusRule",
    inputs: oneRule({ annotations: { summary: "a".repeat(524_288) } }),
    says: ["spec: 524405 bytes; the Prometheus operator skips a rule object above 524288. Split it by group."],
  },
  {
    what: "an unknown matcher",
    kind: "AlertmanagerConfig",
    inputs: inhibitions({
      sourceMatch: [{ name: "alertname", value: "A", matchType: "==" }],
      targetMatch: [{ name: "alertname", value: "B" }],
    }),
    says: ['spec.inhibitRules[0].sourceMatch[0].matchType: "==" is not one of "=", "!=", "=~", "!~".'],
  },
  {
    what: "an inhibition without a target",
    kind: "AlertmanagerConfig",
    inputs: inhibitions({ sourceMatch: [{ name: "alertname", value: "A", matchType: "=" }] }),
    says: ["spec.inhibitRules[0].targetMatch: Missing: an inhibition without it would match every alert."],
  },
  {
    what: "a route to a receiver that is not there",
    kind: "AlertmanagerConfig",
    inputs: { ...inhibitions({}), spec: { route: { receiver: "pager" }, receivers: [{ name: "mail" }] } },
    says: ['spec.route.receiver: "pager" is not one of the receivers: "mail".'],
  },
];

for (const { what, kind, inputs, says } of refused) {
  test(`a ${kind} is refused for ${what}`, async () => {
    const provider = new ProviderCalls(createProvider(target));
    assert.deepEqual(await provider.complaints(urnOf(types[kind], "mc"), inputs), says);
  });
}

test("a kind that the embedded target does not know is refused with those that it knows", async () => {
  const provider = new ProviderCalls(createProvider(target));
  const [complaint = "", ...more] = await provider.complaints(urnOf("kubernetes:batch/v1:CronJob", "mc"), {});
  assert.match(
    complaint,
    /^kind: The embedded target takes no kubernetes:batch\/v1:CronJob\. It takes kubernetes:core\/v1:ConfigMap, /,
  );
  for (const type of Object.values(types)) assert.ok(complaint.includes(type), type);
  assert.deepEqual(more, []);
});
