import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { isNativeError } from "node:util/types";
import { z } from "zod";
import { readIfPresent } from "../../system/atomic-file";
import { isRunning, startOf } from "../../system/processes";
import { UserError } from "../../system/user-error";

const holderSchema = z.object({
  pid: z.number(),
  start: z.string().optional(),
  host: z.string(),
  command: z.string(),
  since: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** A stack that this process holds. `wasInterrupted`: its last holder ended without letting go. */
export interface StackLock {
  readonly wasInterrupted: boolean;
  release(): void;
}

/** Takes a stack for this process. One that another process works on is refused, with who that is. */
export function takeStack(stackFolder: string, stackName: string): StackLock {
  mkdirSync(stackFolder, { recursive: true });
  const path = join(stackFolder, "lock.json");
  const stale = readIfPresent(path);
  if (stale !== undefined) setAside({ path, stale, stackName });
  if (!link(path)) throw busy(path, stackName);
  return { wasInterrupted: stale !== undefined, release: () => rmSync(path, { force: true }) };
}

/** Refuses a stack that another process works on, and takes nothing. */
export function requireFree(stackFolder: string, stackName: string): void {
  const path = join(stackFolder, "lock.json");
  const holder = parseHolder(readIfPresent(path) ?? "");
  if (holder && isHeld(holder)) throw busy(path, stackName);
}

// Written beside and linked, so that the lock never exists without its content and only one of two takes it.
function link(path: string): boolean {
  const candidate = `${path}.${process.pid}`;
  writeFileSync(candidate, JSON.stringify(describeSelf()));
  try {
    linkSync(candidate, path);
    return true;
  } catch (error) {
    if (isNativeError(error) && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(candidate, { force: true });
  }
}

function setAside({ path, stale, stackName }: { path: string; stale: string; stackName: string }): void {
  const holder = parseHolder(stale);
  if (holder && isHeld(holder)) throw busy(path, stackName);
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    throw busy(path, stackName);
  }
  const taken = readIfPresent(aside);
  // Between reading and renaming, another process may have taken the stack: give it back its lock.
  if (taken !== stale) {
    renameSync(aside, path);
    throw busy(path, stackName);
  }
  rmSync(aside, { force: true });
}

function isHeld({ pid, start, host }: Holder): boolean {
  if (host !== hostname()) return true;
  return isRunning(pid) && (start === undefined || startOf(pid) === start);
}

function busy(path: string, stackName: string): UserError {
  const holder = parseHolder(readIfPresent(path) ?? "");
  if (!holder) return new UserError(`Stack "${stackName}" is in use by another process. Try again when it is done.`);
  const elsewhere = holder.host === hostname() ? "" : ` on ${holder.host}. If that machine is gone, delete ${path}`;
  return new UserError(
    `Stack "${stackName}" is in use: "${holder.command}" (process ${holder.pid}) has worked on it since ${holder.since}${elsewhere}. Nothing was changed; try again when it is done.`,
  );
}

function describeSelf(): Holder {
  const start = startOf(process.pid);
  const command = [basename(process.argv[1] ?? ""), ...process.argv.slice(2)].join(" ");
  return {
    pid: process.pid,
    ...(start === undefined ? {} : { start }),
    host: hostname(),
    command,
    since: new Date().toISOString(),
  };
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
