import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { readEngineState, type EngineState } from "../../machine/embedded/stack/engine-state";
import { toolsRoot } from "../tools/engine";
import { changesOf, startOperation } from "./scratch-project";

const projectRoot = resolve(__dirname, "../..");

/** Every component of the library, deployed with the real engine under options that its user gives it. */
describe("what a user of a component asks of the engine", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "options-")));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const up = async (former: boolean): Promise<readonly string[]> => {
    const program = JSON.stringify(join(projectRoot, "tests/engine/every-component"));
    writeFileSync(
      join(root, "index.ts"),
      `import { everyComponent } from ${program};\nexport = () => everyComponent(${JSON.stringify(projectRoot)}, ${former});\n`,
    );
    return changesOf(await startOperation({ projectRoot: root, toolsRoot, stackName: "dev", operation: "up" }).ended);
  };
  let state: EngineState["resources"] = [];
  let made: EngineState["resources"] = [];
  const except = (holds: (resource: EngineState["resources"][number]) => boolean): readonly string[] =>
    made.filter((resource) => !holds(resource)).map(({ urn }) => urn);

  beforeAll(async () => {
    writeFileSync(join(root, "Pulumi.yaml"), "name: options\nruntime: nodejs\n");
    writeFileSync(join(root, "Pulumi.dev.yaml"), "config: {}\n");
    await up(true);
    state = readEngineState(join(root, ".local/dev/state")).resources;
    made = state.filter(({ type, urn }) => /^(kubernetes|grafana):/.test(type) && !urn.endsWith("::first"));
  });

  it("is asked here of each component, and of every kind of object that one makes", () => {
    const kinds = made.map(({ urn }) => urn.split("::")[2]?.replace(/^.*dark-tower:observability:|:[^$]*\/v1\w*/g, ""));
    assert.deepEqual([...new Set(kinds)].sort(), [
      "AlertmanagerConfiguration$kubernetes:AlertmanagerConfig",
      "AlertmanagerConfiguration$kubernetes:ConfigMap",
      "GrafanaDashboards$grafana:oss/dashboard:Dashboard",
      "GrafanaDashboards$grafana:oss/folder:Folder",
      "GrafanaDashboards$kubernetes:ConfigMap",
      "PrometheusRules$kubernetes:ConfigMap",
      "PrometheusRules$kubernetes:PrometheusRule",
      "RunbookConfigMaps$kubernetes:ConfigMap",
      "Scraping$kubernetes:ConfigMap",
      "Scraping$kubernetes:PodMonitor",
    ]);
    const roots = state.flatMap(({ urn, type }) => (type.startsWith("dark-tower:") ? [urn.split("::").at(-1) ?? ""] : []));
    for (const name of ["whole", "asis"]) assert.ok(roots.includes(`former-${name}`));
  });

  it("is done with every object: the providers, protect and retainOnDelete", () => {
    assert.deepEqual(
      except(({ provider }) => /::own-(cluster|grafana)::/.test(String(provider))),
      [],
    );
    assert.deepEqual(
      except(({ protect, retainOnDelete }) => protect === true && retainOnDelete === true),
      [],
    );
  });

  it("is done with every object: a transform, which also sets what is ignored", () => {
    const isMarked = ({ type, inputs, ignoreChanges }: EngineState["resources"][number]): boolean =>
      type.startsWith("grafana:") ||
      (JSON.stringify(inputs).includes('"marked":"before"') && String(ignoreChanges).includes("annotations"));
    assert.deepEqual(except(isMarked), []);
  });

  it("is waited for by every object: what the component depends on", () => {
    const byUrn = new Map(state.map((resource) => [resource.urn, resource]));
    const waits = (resource: EngineState["resources"][number]): boolean => {
      const { dependencies, parent } = resource;
      const above = byUrn.get(String(parent));
      return (
        (Array.isArray(dependencies) && dependencies.some((urn) => String(urn).endsWith("::first"))) || (!!above && waits(above))
      );
    };
    assert.deepEqual(except(waits), []);
  });

  it("keeps every object where its component has another name and an alias, and changes nothing that is ignored", async () => {
    assert.deepEqual(await up(false), []);
    const now = readEngineState(join(root, ".local/dev/state")).resources;
    assert.equal(now.length, state.length);
    assert.deepEqual(
      now.filter(({ urn }) => urn.includes("former-")),
      [],
    );
  });
});
