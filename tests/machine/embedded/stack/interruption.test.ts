import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { test } from "@jest/globals";
import { isUnfinished, readEngineState, withoutUnfinished } from "../../../../machine/embedded/stack/engine-state";
import { clearEngineLocks, removeUnrecorded } from "../../../../machine/embedded/stack/interruption";
import { OwnedFiles } from "../../../../machine/embedded/provider/owned-files";
import { urnOf } from "../provider/provider-calls";
import { temporaryFolder } from "../../temporary-folder";

const folderType = "grafana:oss/folder:Folder";
const dashboardType = "grafana:oss/dashboard:Dashboard";
const ruleType = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const resource = (type: string, id: string, extra: object = {}) => ({ urn: urnOf(type, "mc"), type, id, ...extra });

function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}

test("a stack without a state file is finished and empty", () => {
  const state = readEngineState(temporaryFolder());
  assert.deepEqual(state, { resources: [], pendingOperations: [] });
  assert.equal(isUnfinished(state), false);
});

test("a state with an operation under way is unfinished", () => {
  const stateFolder = temporaryFolder();
  const pending_operations = [{ type: "creating", resource: resource(folderType, "") }];
  writeJson(join(stateFolder, ".pulumi/stacks/sample/dev.json"), {
    version: 3,
    checkpoint: { stack: "dev", latest: { resources: [], pending_operations } },
  });
  assert.equal(isUnfinished(readEngineState(stateFolder)), true);
});

test("a state with something that still waits to be removed is unfinished", () => {
  const resources = [resource(folderType, "1:old", { delete: true }), resource(folderType, "1:new")];
  assert.equal(isUnfinished({ resources, pendingOperations: [] }), true);
});

test("a repaired deployment has nothing under way and nothing that waits for its removal", () => {
  const provider = {
    urn: urnOf("pulumi:providers:grafana", "grafana"),
    type: "pulumi:providers:grafana",
    id: "old",
    delete: true,
  };
  const live = [resource(folderType, "1:new", { inputs: { title: "MC" } }), provider];
  const exported = {
    manifest: { version: "v3" },
    resources: [...live, resource(folderType, "1:old", { delete: true })],
    pending_operations: [{ type: "creating" }],
  };
  assert.deepEqual(withoutUnfinished(exported), { manifest: { version: "v3" }, resources: live });
});

test("a replaced object whose successor is not recorded is the resource again, once, for the engine would remove by its id what a return to the former program creates", () => {
  const resources = [
    resource(dashboardType, "1:former", { delete: true, inputs: { uid: "mc" } }),
    resource(dashboardType, "1:before-that", { delete: true }),
  ];
  assert.deepEqual(withoutUnfinished({ resources }), {
    resources: [resource(dashboardType, "1:former", { inputs: { uid: "mc" } })],
  });
});

test("what is deployed without being recorded is removed, rules first and folders last", () => {
  const target = temporaryFolder();
  const put = (provider: string, type: string, id: string) =>
    new OwnedFiles(target, provider).put({ identity: id, owner: { urn: urnOf(type, id), id, path: `files/${id}` }, content: id });
  put("grafana", folderType, "folder");
  put("grafana", dashboardType, "dashboard");
  put("grafana", dashboardType, "recorded");
  put("kubernetes", ruleType, "rule");
  const state = { resources: [resource(dashboardType, "recorded")], pendingOperations: [] };
  assert.deepEqual(removeUnrecorded(target, state), ["files/rule", "files/dashboard", "files/folder"]);
  assert.deepEqual(
    ["rule", "dashboard", "folder", "recorded"].filter((name) => existsSync(join(target, "files", name))),
    ["recorded"],
  );
  assert.deepEqual(removeUnrecorded(target, state), []);
});

test("the lock of an engine that is gone is removed", async () => {
  const stateFolder = temporaryFolder();
  const lock = join(stateFolder, ".pulumi/locks/organization/sample/dev/a.json");
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeJson(lock, { pid, username: "a", hostname: hostname(), timestamp: "2026-01-01T00:00:00Z" });
  assert.equal(await clearEngineLocks(stateFolder, "dev"), true);
  assert.equal(existsSync(lock), false);
  assert.equal(await clearEngineLocks(stateFolder, "dev"), false);
});

test("the lock of an engine on another machine stays, and the message says how to remove it", async () => {
  const stateFolder = temporaryFolder();
  const lock = join(stateFolder, ".pulumi/locks/organization/sample/dev/a.json");
  writeJson(lock, { pid: 7, username: "a", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" });
  await assert.rejects(clearEngineLocks(stateFolder, "dev", 0), {
    name: "UserError",
    message: `Stack "dev" is in use: Process 7 on elsewhere (a Pulumi engine) has worked on it since 2026-01-01T00:00:00Z. Nothing was changed; wait for it; if that machine is gone: rm ${lock}`,
  });
});
