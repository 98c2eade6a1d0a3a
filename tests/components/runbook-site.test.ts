import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { RunbookSite, type RunbookSiteArgs } from "../../components/runbook-site";
import { loadSiteAssets } from "../../core/load/site-assets";
import { renderSite } from "../../core/site/site";
import { atTestEnd } from "../at-test-end";
import { devContent } from "../site/served";
import { kubectlValidate } from "../tools/kubectl-validate";
import { recordResources, valueOf, type Recorded } from "./recorded";

const content = devContent();
const files = renderSite(content, loadSiteAssets());
const ingress = { type: "ingress", host: "runbooks.example.com", className: "nginx", tlsSecret: "runbooks-tls" } as const;

async function deploy(change: Partial<RunbookSiteArgs> = {}): Promise<readonly Recorded[]> {
  const recorded = recordResources();
  const site = new RunbookSite("site", {
    files,
    model: content.model,
    namespace: "monitoring",
    objectName: "dark-tower-site",
    partOf: "dark-tower",
    ...change,
  });
  await valueOf(site.urn);
  await new Promise((done) => setTimeout(done, 0));
  return recorded.filter(({ type }) => type.startsWith("kubernetes:"));
}

/** What a cluster gets of a resource. */
function manifestOf({ type, inputs }: Recorded): Readonly<Record<string, unknown>> {
  const [, group = "", kind = ""] = type.split(":");
  return { apiVersion: group.replace(/^core\//, ""), kind, ...inputs };
}

function onlyOf(recorded: readonly Recorded[], kind: string): Recorded {
  const [found, ...others] = recorded.filter(({ type }) => type.endsWith(`:${kind}`));
  assert.ok(found && others.length === 0, kind);
  return found;
}

describe("RunbookSite", () => {
  let recorded: readonly Recorded[] = [];
  beforeAll(async () => {
    recorded = await deploy({ entrance: ingress });
  });

  it("registers its parts under names that never change", () => {
    assert.deepEqual(
      recorded.map(({ type, name }) => `${type.replace("kubernetes:", "")} ${name}`).sort(),
      [
        "apps/v1:Deployment site",
        "core/v1:ConfigMap site-alerting",
        "core/v1:ConfigMap site-gc",
        "core/v1:ConfigMap site-mc",
        "core/v1:ConfigMap site-journeys",
        "core/v1:ConfigMap site-server",
        "core/v1:ConfigMap site-shared",
        "core/v1:Service site",
        "networking.k8s.io/v1:Ingress site",
        "networking.k8s.io/v1:NetworkPolicy site",
        "policy/v1:PodDisruptionBudget site",
      ].sort(),
    );
  });

  it("mounts every ConfigMap with every file of it, and no other", () => {
    const text = JSON.stringify(onlyOf(recorded, "Deployment").inputs);
    for (const { inputs } of recorded.filter(({ type }) => type.endsWith(":ConfigMap"))) {
      assert.ok(text.includes(JSON.stringify(Reflect.get(Object(inputs["metadata"]), "name"))));
      assert.equal(inputs["immutable"], true);
    }
    const paths = [...text.matchAll(/"path":"([^"]+)"/g)].map(([, path]) => path).filter((path) => path !== "/healthz");
    assert.deepEqual(paths.sort(), [...files.keys()].sort());
  });

  it("deploys images as they are, beside the pages of their service", async () => {
    const image = { path: "mc/mailbox.png", base64: Buffer.from([0x89, 0x50, 0xff, 0]).toString("base64") };
    const model = { ...content.model, runbookFiles: [image] };
    const some = await deploy({ files: renderSite({ ...content, model }, loadSiteAssets()), model, entrance: ingress });
    const binary = some.filter(({ inputs }) => inputs["binaryData"] !== undefined);
    assert.deepEqual(
      binary.map(({ name, inputs }) => [name, inputs["binaryData"]]),
      [["site-mc", { "runbooks_2f_mc_2f_mailbox.png": image.base64 }]],
    );
    assert.ok(JSON.stringify(onlyOf(some, "Deployment").inputs).includes('"path":"runbooks/mc/mailbox.png"'));
    const { status, said } = await validate(some.map(manifestOf));
    assert.equal(status, 0, said.slice(0, 3000));
  });

  it("rolls its pods when a page changes, and not when none does", async () => {
    const template = (some: readonly Recorded[]): string => JSON.stringify(onlyOf(some, "Deployment").inputs);
    assert.equal(template(await deploy({ entrance: ingress })), template(recorded));
    const changed = new Map([...files, ["index.html", "another"]]);
    assert.notEqual(template(await deploy({ entrance: ingress, files: changed })), template(recorded));
  });

  it("deploys no way into the cluster where none is set, and a route where a gateway is", async () => {
    const kinds = (some: readonly Recorded[]): readonly string[] => some.map(({ type }) => type.split(":")[2] ?? "");
    assert.ok(!kinds(await deploy()).some((kind) => ["Ingress", "HTTPRoute"].includes(kind)));
    const route = onlyOf(
      await deploy({ entrance: { type: "gateway", host: "runbooks.example.com", name: "public", namespace: "gateways" } }),
      "HTTPRoute",
    );
    assert.deepEqual(route.inputs["spec"], {
      parentRefs: [{ name: "public", namespace: "gateways" }],
      hostnames: ["runbooks.example.com"],
      rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [{ name: "dark-tower-site", port: 80 }] }],
    });
  });

  /** What an API server would say, which reads strictly: unknown fields are refused. */
  async function validate(manifests: readonly object[]): Promise<{ readonly status: number | null; readonly said: string }> {
    const folder = mkdtempSync(join(tmpdir(), "manifests-"));
    atTestEnd(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "site.yaml"), manifests.map((manifest) => stringify(manifest)).join("---\n"));
    const { status, stdout, stderr } = spawnSync(await kubectlValidate(), [folder, "--version", "1.30"], { encoding: "utf8" });
    return { status, said: stdout + stderr };
  }

  it("is what a strict API server takes", async () => {
    const { status, said } = await validate(recorded.map(manifestOf));
    assert.equal(status, 0, said.slice(0, 3000));
    assert.equal([...said.matchAll(/OK/g)].length >= 1, true, said.slice(0, 3000));
  });

  const wrong: readonly (readonly [what: string, kind: string, from: string, to: string])[] = [
    ["a field that is misspelled", "Deployment", '"readOnlyRootFilesystem":true', '"readOnlyRootFileSystem":true'],
    ["a number that is a text", "Service", '"port":80', '"port":"eighty"'],
    ["an unknown type of path", "Ingress", '"pathType":"Prefix"', '"pathTypes":"Prefix"'],
  ];
  for (const [what, kind, from, to] of wrong)
    it(`would be refused with ${what}`, async () => {
      const text = JSON.stringify(manifestOf(onlyOf(recorded, kind)));
      assert.ok(text.includes(from));
      const manifest: unknown = JSON.parse(text.replace(from, to));
      assert.ok(typeof manifest === "object" && manifest !== null);
      assert.notEqual((await validate([manifest])).status, 0);
    });

  it("runs with as little as a web server needs", () => {
    const text = JSON.stringify(onlyOf(recorded, "Deployment").inputs);
    for (const part of [
      '"replicas":2',
      '"automountServiceAccountToken":false',
      '"runAsNonRoot":true',
      '"allowPrivilegeEscalation":false',
      '"drop":["ALL"]',
      '"type":"RuntimeDefault"',
      '"maxUnavailable":0',
      '"readinessProbe"',
      '"livenessProbe"',
      '"limits"',
      '"requests"',
    ])
      assert.ok(text.includes(part), part);
    assert.doesNotMatch(text, /hostPath|hostNetwork|privileged"|serviceAccountName|:latest/);
    assert.deepEqual(Reflect.get(Object(onlyOf(recorded, "NetworkPolicy").inputs["spec"]), "egress"), []);
  });
});
