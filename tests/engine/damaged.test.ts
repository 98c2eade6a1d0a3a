import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { filesIn } from "./deployed";
import { changesOf, scratchProject } from "./scratch-project";
import { snapshotOf, type StackSnapshot } from "./stack-snapshot";

const stackName = "staging";

/** What may happen to the folder of a stack between two deployments. */
const damages: readonly { readonly what: string; readonly harm: (at: (...below: readonly string[]) => string) => void }[] = [
  { what: "its state is empty", harm: (at) => truncateSync(stateIn(at), 0) },
  {
    what: "its state is cut in the middle",
    harm: (at) => truncateSync(stateIn(at), Math.floor(readFileSync(stateIn(at)).length / 2)),
  },
  {
    what: "its state and the one before are cut near the end",
    harm: (at) => {
      for (const file of [stateIn(at), `${stateIn(at)}.bak`]) truncateSync(file, readFileSync(file).length - 3);
    },
  },
  { what: "all of its state is gone", harm: (at) => rmSync(at("state"), { recursive: true }) },
  { what: "its passphrase is gone", harm: (at) => rmSync(at("passphrase")) },
  { what: "its salt is cut off", harm: (at) => writeFileSync(at("encryption-salt"), "v1:") },
  { what: "the layout's file is gone", harm: (at) => rmSync(at("state", ".pulumi", "meta.yaml")) },
  { what: "all that was deployed is gone", harm: (at) => rmSync(at("deployed"), { recursive: true }) },
  { what: "one deployed file is gone", harm: (at) => rmSync(filesIn(at("deployed"))[0] ?? "") },
  { what: "the engine's own folder is gone", harm: (at) => rmSync(at("home"), { recursive: true }) },
  { what: "everything but what is deployed is gone", harm: (at) => keepOnly(at, "deployed") },
];

function stateIn(at: (...below: readonly string[]) => string): string {
  return at("state", ".pulumi", "stacks", "dark-tower-observability", `${stackName}.json`);
}

function keepOnly(at: (...below: readonly string[]) => string, kept: string): void {
  for (const name of ["state", "passphrase", "encryption-salt", "home", "project", "deployed-from"])
    if (name !== kept) rmSync(at(name), { recursive: true, force: true });
}

describe("a stack's folder that was damaged", () => {
  const project = scratchProject();
  const folder = join(project.root, ".local", stackName);
  const kept = join(project.root, ".local", "kept");
  let whole: StackSnapshot;
  beforeAll(async () => {
    changesOf(await project.runNext(stackName, "up"));
    whole = snapshotOf(folder);
    cpSync(folder, kept, { recursive: true });
  });
  afterAll(() => project.remove());

  for (const { what, harm } of damages)
    it(`is whole again after the next up: ${what}`, async () => {
      rmSync(folder, { recursive: true });
      cpSync(kept, folder, { recursive: true });
      harm((...below) => join(folder, ...below));
      changesOf(await project.runNext(stackName, "up"));
      assert.deepEqual(snapshotOf(folder), whole);
    });
});
