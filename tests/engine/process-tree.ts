import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isNativeError } from "node:util/types";

/** Whom a kill hits: everything that our command started and itself, or the engine alone, or our command alone. */
export type Victims = "everything" | "engine" | "command";

interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly program: string;
}

/**
 * Kills (SIGKILL) what runs below a command, and says what: nothing if there was no engine to kill. The calling process, should it
 * be one of them, comes last.
 */
export function killBelow(command: number, victims: Victims): string[] {
  const below = descendants(listProcesses(), command);
  const engines = below.filter(({ program }) => program === "pulumi");
  if (engines.length === 0 && victims === "engine") return [];
  const itself = { pid: command, program: "command" };
  const hit = victims === "engine" ? engines : victims === "command" ? [itself] : [...engines, itself, ...below];
  const pids = [...new Set(hit.map(({ pid }) => pid))].filter((pid) => pid !== process.pid);
  for (const pid of pids) kill(pid);
  if (victims === "everything" && below.some(({ pid }) => pid === process.pid)) kill(process.pid);
  return hit.map(({ program }) => program);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It ended by itself meanwhile.
    if (!(isNativeError(error) && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function descendants(all: readonly RunningProcess[], root: number): RunningProcess[] {
  return all.filter(({ parent }) => parent === root).flatMap((child) => [child, ...descendants(all, child.pid)]);
}

function listProcesses(): RunningProcess[] {
  return existsSync("/proc/self/stat") ? readProcesses() : askForProcesses();
}

function readProcesses(): RunningProcess[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const [, program = "", parent = ""] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      return [{ pid: Number(name), parent: Number(parent), program }];
    } catch {
      return [];
    }
  });
}

function askForProcesses(): RunningProcess[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, program = ""] = /^\s*(\d+)\s+(\d+)\s+(?:.*\/)?(\S+)\s*$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), program }];
  });
}
