import { cpSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadDeployed } from "../../core/load/deployed";
import type { Engine } from "../tools/engine";
import { fillOnce } from "../system/fill-once";
import { loadProgram } from "../embedded/stack/program";
import { asProperties } from "../embedded/provider/property-values";
import { withStack } from "../embedded/stack/stack";
import { UserError } from "../system/user-error";
import type { BaseProject } from "./base-project";
import type { Snapshot } from "./compare";

/** What a base deploys of a stack, and why there is nothing, in a sentence; empty when there is. */
export interface BaseDeployment {
  readonly snapshot: Snapshot;
  readonly missing: string;
}

/** Which stack of which base, and where to put it so that the head can be deployed over it. */
export interface BaseRequest {
  readonly stackName: string;
  readonly base: BaseProject;
  readonly headRoot: string;
  readonly localFolder: string;
  readonly engine: Engine;
  readonly note: (line: string) => void;
}

/** Older ones are removed, the least used first. */
const mostKept = 12;

/** Deploys the base of a stack, or takes what an earlier preview has kept of that deployment. */
export async function deployBase(request: BaseRequest): Promise<BaseDeployment> {
  const { base, stackName, headRoot, localFolder } = request;
  if (!base.stacks.includes(stackName)) return nothing(localFolder, "The base has no such stack: everything is new.");
  const folder = join(headRoot, ".cache", "bases");
  const kept = join(folder, base.key(stackName));
  try {
    await fillOnce(kept, (unfinished) => deployInto(unfinished, request));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // A base that could not be deployed is no reason to say nothing about the head.
    return nothing(localFolder, `The base itself cannot be deployed, so everything is new. It says: ${error.message}`);
  }
  const now = new Date();
  utimesSync(kept, now, now);
  removeLeastUsed(folder);
  cpSync(join(kept, stackName), join(localFolder, stackName), { recursive: true });
  const outputs = asProperties(JSON.parse(readFileSync(join(kept, "outputs.json"), "utf8")));
  return { snapshot: { deployed: loadDeployed(join(localFolder, stackName, "deployed")), outputs }, missing: "" };
}

async function deployInto(localFolder: string, { base, stackName, engine, note }: BaseRequest): Promise<void> {
  const projectRoot = await base.checkOut();
  const request = { projectRoot, stackName, localFolder, engine, program: loadProgram(projectRoot), note };
  const { outputs } = await withStack(request, (stack) => stack.deployUnused());
  writeFileSync(join(localFolder, "outputs.json"), JSON.stringify(outputs));
}

function nothing(localFolder: string, missing: string): BaseDeployment {
  return { snapshot: { deployed: loadDeployed(join(localFolder, "none")), outputs: {} }, missing };
}

function removeLeastUsed(folder: string): void {
  const entries = readdirSync(folder)
    .filter((name) => !name.endsWith(".unfinished"))
    .map((name) => ({ path: join(folder, name), used: statSync(join(folder, name)).mtimeMs }));
  for (const { path } of entries.sort((one, other) => other.used - one.used).slice(mostKept))
    rmSync(path, { recursive: true, force: true });
}
