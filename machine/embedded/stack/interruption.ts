import { rmSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { resourceType } from "../provider/claims";
import { type EngineLock, type EngineState, readEngineLocks } from "./engine-state";
import { OwnedFiles } from "../provider/owned-files";
import { isRunning, programOf } from "../../system/processes";
import { UserError } from "../../system/user-error";

/** Removes the locks of engines that are gone, after waiting for one that is about to end. Returns whether there were any. */
export async function clearEngineLocks(stateFolder: string, stackName: string, timeoutMs = 10_000): Promise<boolean> {
  const locks = readEngineLocks(stateFolder);
  const deadline = Date.now() + timeoutMs;
  for (const lock of locks) {
    while (isHeld(lock) && Date.now() < deadline) await sleep(100);
    if (isHeld(lock)) throw stillRunning(lock, stackName);
    rmSync(lock.path, { force: true });
  }
  return locks.length > 0;
}

/**
 * Removes what is deployed although the state does not know it: what an interrupted run created without recording it, or did not get to remove.
 * Rules go first and folders last, so that nothing points at something that is gone.
 */
export function removeUnrecorded(target: string, { resources }: EngineState): string[] {
  const recorded = new Set(resources.map(({ type, id }) => `${type} ${id ?? ""}`));
  const found = ["kubernetes", "grafana"].flatMap((provider) => {
    const files = new OwnedFiles(target, provider);
    return files.all().map(({ identity, owner }) => ({ files, identity, owner, type: resourceType(owner.urn) }));
  });
  const unrecorded = found.filter(({ owner, type }) => !recorded.has(`${type} ${owner.id}`));
  unrecorded.sort((left, right) => removalRank(left.type) - removalRank(right.type));
  for (const { files, identity } of unrecorded) files.drop(identity);
  return unrecorded.map(({ owner }) => owner.path);
}

function removalRank(type: string): number {
  if (type.endsWith(":PrometheusRule")) return 0;
  return type.endsWith(":Folder") || type.endsWith(":Namespace") ? 2 : 1;
}

function isHeld({ pid, hostname: host }: EngineLock): boolean {
  if (pid === 0) return false;
  if (host !== hostname()) return true;
  const program = programOf(pid);
  return isRunning(pid) && (program === undefined || program.startsWith("pulumi"));
}

function stillRunning({ pid, hostname: host, timestamp, path }: EngineLock, stackName: string): UserError {
  const where = host === hostname() ? `Process ${pid}` : `Process ${pid} on ${host}`;
  const how =
    host === hostname() ? `wait for it, or stop it with: kill -INT ${pid}` : `wait for it; if that machine is gone: rm ${path}`;
  return new UserError(
    `Stack "${stackName}" is in use: ${where} (a Pulumi engine) has worked on it since ${timestamp}. Nothing was changed; ${how}`,
  );
}
