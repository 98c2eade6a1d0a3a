import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@jest/globals";
import { createProvider } from "../../../../machine/embedded/kubernetes/provider";
import { asSecret } from "../../../../machine/embedded/provider/property-values";
import { gone, ProviderCalls, urnOf } from "../provider/provider-calls";
import { temporaryFolder } from "../../temporary-folder";

const configMapUrn = urnOf("kubernetes:core/v1:ConfigMap", "mc-runbooks");
const secretUrn = urnOf("kubernetes:core/v1:Secret", "alertmanager");
const configMap = (extra: object = {}) => ({
  kind: "ConfigMap",
  data: { "b.md": "two\nlines\n", "a.md": "one" },
  metadata: { namespace: "observability", name: "mc-runbooks", labels: { team: "mc" } },
  apiVersion: "v1",
  __defaults: [],
  ...extra,
});
const file = "manifests/observability/configmap-mc-runbooks.yaml";

function open(): { provider: ProviderCalls; target: string } {
  const target = temporaryFolder();
  return { provider: new ProviderCalls(createProvider(target)), target };
}

test("an object is written as kubectl takes it, in reading order and without the engine's bookkeeping", async () => {
  const { provider, target } = open();
  const created = await provider.create(configMapUrn, configMap());
  assert.equal(created.id, "observability/mc-runbooks");
  assert.equal(
    readFileSync(join(target, file), "utf8"),
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mc-runbooks\n  namespace: observability\n  labels:\n    team: mc\ndata:\n  a.md: one\n  b.md: |\n    two\n    lines\n",
  );
});

test("an object of another resource is not overwritten, and its owner is named", async () => {
  const { provider } = open();
  await provider.create(configMapUrn, configMap());
  const message =
    'v1 ConfigMap observability/mc-runbooks exists already: it belongs to the resource "mc-runbooks". If the resource was renamed in the program, give it an alias.';
  const other = urnOf("kubernetes:core/v1:ConfigMap", "other");
  await assert.rejects(provider.create(other, configMap()), { message });
  assert.deepEqual(await provider.complaints(other, configMap()), [`metadata.name: ${message}`]);
});

test("two resources of one program that claim one object are refused before either exists", async () => {
  const { provider } = open();
  assert.deepEqual(await provider.complaints(configMapUrn, configMap()), []);
  assert.deepEqual(await provider.complaints(urnOf("kubernetes:core/v1:ConfigMap", "other"), configMap()), [
    'metadata.name: v1 ConfigMap observability/mc-runbooks exists already: it belongs to the resource "mc-runbooks".',
  ]);
});

test("creating again what the same resource left behind succeeds", async () => {
  const { provider, target } = open();
  await provider.create(configMapUrn, configMap());
  await provider.create(configMapUrn, configMap({ data: { "a.md": "new" } }));
  assert.match(readFileSync(join(target, file), "utf8"), /a\.md: new/);
});

test("a removed object leaves nothing, and removing it twice is no error", async () => {
  const { provider, target } = open();
  const { id } = await provider.create(configMapUrn, configMap());
  await provider.delete(id, configMapUrn);
  await provider.delete(id, configMapUrn);
  assert.equal(existsSync(join(target, file)), false);
});

const differences: { what: string; before?: object; after: object; is: object }[] = [
  { what: "the same object", after: {}, is: { changes: false, replaces: [], deleteBeforeReplace: false } },
  { what: "changed data", after: { data: {} }, is: { changes: true, replaces: [], deleteBeforeReplace: false } },
  {
    what: "changed data of an immutable object",
    before: { immutable: true },
    after: { immutable: true, data: {} },
    is: { changes: true, replaces: ["data"], deleteBeforeReplace: true },
  },
  {
    what: "another name",
    after: { metadata: { namespace: "observability", name: "other" } },
    is: { changes: true, replaces: ["metadata"], deleteBeforeReplace: false },
  },
  {
    what: "another namespace",
    after: { metadata: { namespace: "other", name: "mc-runbooks" } },
    is: { changes: true, replaces: ["metadata"], deleteBeforeReplace: false },
  },
  {
    what: "another apiVersion",
    after: { apiVersion: "v2" },
    is: { changes: true, replaces: ["apiVersion"], deleteBeforeReplace: true },
  },
  {
    what: "the same data as a secret",
    after: { data: asSecret({ "b.md": "two\nlines\n", "a.md": "one" }) },
    is: { changes: false, replaces: [], deleteBeforeReplace: false },
  },
];

for (const { what, before = {}, after, is } of differences) {
  test(`a difference is told for ${what}`, async () => {
    const { provider } = open();
    const id = "observability/mc-runbooks";
    assert.deepEqual(await provider.diff({ id, urn: configMapUrn, before: configMap(before), after: configMap(after) }), is);
  });
}

test("reading returns what the state has when the file says the same", async () => {
  const { provider } = open();
  const { id, outs } = await provider.create(configMapUrn, configMap());
  assert.deepEqual(await provider.read(id, configMapUrn, outs), { id, props: outs, inputs: outs });
});

test("reading returns what someone changed by hand", async () => {
  const { provider, target } = open();
  const { id, outs } = await provider.create(configMapUrn, configMap());
  writeFileSync(join(target, file), readFileSync(join(target, file), "utf8").replace("one", "changed"));
  const { props } = await provider.read(id, configMapUrn, outs);
  assert.deepEqual(props["data"], { "a.md": "changed", "b.md": "two\nlines\n" });
});

test("reading a file that someone deleted finds nothing", async () => {
  const { provider, target } = open();
  const { id, outs } = await provider.create(configMapUrn, configMap());
  rmSync(join(target, file));
  assert.deepEqual(await provider.read(id, configMapUrn, outs), gone);
});

test("reading a file in which someone renamed the object finds nothing", async () => {
  const { provider, target } = open();
  const { id, outs } = await provider.create(configMapUrn, configMap());
  writeFileSync(join(target, file), readFileSync(join(target, file), "utf8").replace("name: mc-runbooks", "name: other"));
  assert.deepEqual(await provider.read(id, configMapUrn, outs), gone);
});

test("reading a file that is no longer YAML finds the object without its content, so that an update restores it", async () => {
  const { provider, target } = open();
  const { id, outs } = await provider.create(configMapUrn, configMap());
  writeFileSync(join(target, file), "a: [");
  const { props } = await provider.read(id, configMapUrn, outs);
  assert.deepEqual(props, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mc-runbooks", namespace: "observability" } });
  assert.equal((await provider.diff({ id, urn: configMapUrn, before: props, after: configMap() })).changes, true);
});

test("a secret's manifest is for its owner's eyes, and its values stay secret in the state", async () => {
  const { provider, target } = open();
  const stringData = asSecret({ "alertmanager.yaml": "route: {}" });
  const inputs = { apiVersion: "v1", kind: "Secret", metadata: { name: "alertmanager", namespace: "observability" }, stringData };
  const { id, outs } = await provider.create(secretUrn, inputs);
  const path = join(target, "manifests/observability/secret-alertmanager.yaml");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.match(readFileSync(path, "utf8"), /alertmanager\.yaml: "route: \{\}"/);
  assert.deepEqual(outs["stringData"], stringData);
  writeFileSync(path, readFileSync(path, "utf8").replace("{}", "{a: 1}"));
  assert.deepEqual(
    (await provider.read(id, secretUrn, outs)).props["stringData"],
    asSecret({ "alertmanager.yaml": "route: {a: 1}" }),
  );
});

test("an object with the longest name has a file name that file systems take", async () => {
  const { provider, target } = open();
  const name = "a".repeat(253);
  const inputs = configMap({ metadata: { name, namespace: "observability" } });
  const { id, outs } = await provider.create(configMapUrn, inputs);
  assert.equal((await provider.read(id, configMapUrn, outs)).id, id);
  await provider.delete(id, configMapUrn);
  assert.deepEqual(await provider.read(id, configMapUrn, outs), gone);
  assert.ok(existsSync(target));
});

test("a program that looks for a namespace or a definition finds it, again after a refresh, though nobody has deployed it", async () => {
  const { provider } = open();
  for (const [type, id] of [
    ["kubernetes:core/v1:Namespace", "monitoring"],
    ["kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "prometheusrules.monitoring.coreos.com"],
  ] as const) {
    const urn = urnOf(type, id);
    const found = await provider.read(id, urn, {});
    assert.deepEqual(found.props["metadata"], { name: id });
    assert.deepEqual(await provider.read(id, urn, found.props), found);
  }
});

test("a namespace that was deployed and whose file is gone is not found", async () => {
  const { provider } = open();
  const outs = { apiVersion: "v1", kind: "Namespace", metadata: { name: "monitoring" } };
  assert.deepEqual(await provider.read("monitoring", urnOf("kubernetes:core/v1:Namespace", "namespace"), outs), gone);
});
