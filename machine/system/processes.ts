import { readFileSync } from "node:fs";
import { isNativeError } from "node:util/types";

/** Whether a process with this number runs on this machine. One that has ended runs no longer, even if nobody has asked how it ended. */
export function isRunning(pid: number): boolean {
  // In a container whose first process collects no orphans, a killed process stays listed for good.
  if (statFields(pid)?.[0] === "Z") return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isNativeError(error) && "code" in error && error.code === "EPERM";
  }
}

/** What tells a process from a later one with the same number: when it started. Undefined where the system does not say. */
export function startOf(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** The program that a process runs, where the system says so. */
export function programOf(pid: number): string | undefined {
  return readProcFile(pid, "comm")?.trim();
}

// From the third field on, the state; the start is the 22nd. The second is the name in parentheses, which may hold spaces.
function statFields(pid: number): string[] | undefined {
  const stat = readProcFile(pid, "stat");
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readProcFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}
