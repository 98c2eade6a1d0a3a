import { existsSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { readIfPresent, writeAtomically } from "../../system/atomic-file";
import { isReadable } from "./engine-state";

/** A stack whose state is to be looked at before the engine does. */
export interface StateToMend {
  readonly projectRoot: string;
  readonly projectName: string;
  readonly stackName: string;
  readonly stackFolder: string;
  readonly note: (line: string) => void;
}

/**
 * Makes a state usable of which something was lost or cut off. What cannot be read is set aside; what was deployed stays, and
 * the next deployment takes it over. Returns whether there was anything, for then the state must be compared with what is deployed.
 */
export function mendState(state: StateToMend): boolean {
  // Which stack is selected: every command names its own.
  rmSync(join(state.stackFolder, "home", "workspaces"), { recursive: true, force: true });
  mendMeta(state);
  mendSalt(state);
  const file = stateFile(state);
  const backup = `${file}.bak`;
  if (existsSync(file) && hasLostPassphrase(state)) {
    for (const path of [file, backup]) if (existsSync(path)) setAside(path);
    // The copy of the stack's file holds the salt as well.
    for (const name of ["encryption-salt", "project"]) rmSync(join(state.stackFolder, name), { recursive: true, force: true });
    say(state, join(state.stackFolder, "passphrase"), "is gone, and the state cannot be read without it");
    return true;
  }
  if (!existsSync(file) || isReadable(readIfPresent(file))) return false;
  setAside(file);
  const before = readIfPresent(backup);
  if (before !== undefined && isReadable(before)) writeAtomically(file, before);
  say(state, file, "is damaged");
  return true;
}

function stateFile({ stackFolder, projectName, stackName }: StateToMend): string {
  return join(stackFolder, "state", ".pulumi", "stacks", projectName, `${stackName}.json`);
}

function say({ projectRoot, note }: StateToMend, path: string, what: string): void {
  note(`${relative(projectRoot, path)} ${what}: the state is made anew from what is deployed. Nothing else is to be done.`);
}

function setAside(path: string): void {
  renameSync(path, `${path}.set-aside`);
}

function hasLostPassphrase({ stackFolder }: StateToMend): boolean {
  return (readIfPresent(join(stackFolder, "passphrase")) ?? "").trim() === "";
}

// Without it, the engine takes the folder for one of an older layout, and finds no stack in it.
function mendMeta({ stackFolder }: StateToMend): void {
  const folder = join(stackFolder, "state", ".pulumi");
  const path = join(folder, "meta.yaml");
  if (existsSync(folder) && !/^version: \d+\s*$/.test(readIfPresent(path) ?? "")) writeAtomically(path, "version: 1\n");
}

// The state holds it too. Without the file, the engine makes another for the settings.
function mendSalt({ stackFolder }: StateToMend): void {
  const path = join(stackFolder, "encryption-salt");
  const salt = readIfPresent(path);
  if (salt !== undefined && !/^v1:[\w+/=]+:v1:[\w+/=]+:[\w+/=]+$/.test(salt)) rmSync(path);
}
