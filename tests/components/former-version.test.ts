import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { loadStackFile } from "../../core/load/stack-file";
import { loadProgram } from "../../machine/embedded/stack/program";
import { recordResources, settled, type Recorded } from "./recorded";

const root = resolve(__dirname, "../..");
const former = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync(join(__dirname, "former-version.json"), "utf8")));
const metadata = z.object({ name: z.string(), namespace: z.string() });

/**
 * What version 0.1.0 had deployed: the type and name by which the engine finds a resource again, and what a provider replaces
 * it for when it changes (namespace and name of an object, the uid of a dashboard). One that is not registered any more, or
 * with another identity, would be deleted or replaced by an update.
 */
describe("an update from the former version", () => {
  for (const [stack, deployed] of Object.entries(former)) {
    it(`replaces and deletes nothing in ${stack}, and creates the routing alone`, async () => {
      const loaded = loadStackFile(root, stack);
      assert.ok("value" in loaded);
      const settings = Object.entries(loaded.value).map(
        ([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const,
      );
      const recorded = recordResources({ ...Object.fromEntries<string>(settings), grafanaToken: "token" }, ["grafanaToken"]);
      await loadProgram(root)();
      await settled();
      const now = recorded.filter(({ type, id }) => !type.startsWith("pulumi:") && id === undefined).map(identify);
      assert.deepEqual(
        deployed.filter((resource) => !now.includes(resource)),
        [],
      );
      const added = now.filter((resource) => !deployed.includes(resource));
      assert.deepEqual(added, [
        "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig alertmanager-routing dark-tower-observability/dark-tower-alertmanager-routing",
      ]);
    });
  }
});

function identify({ type, name, inputs }: Recorded): string {
  return [type, name, ...identityOf(type, inputs)].join(" ");
}

function identityOf(type: string, inputs: Recorded["inputs"]): readonly string[] {
  if (type.startsWith("kubernetes:")) {
    const { namespace, name } = metadata.parse(inputs["metadata"]);
    return [`${namespace}/${name}`];
  }
  if (!type.startsWith("grafana:")) return [];
  const { uid } = z.object({ uid: z.string() }).parse("uid" in inputs ? inputs : JSON.parse(String(inputs["configJson"])));
  return [uid];
}
