import { readFileSync } from "node:fs";

/** Whether a process with this number runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** What tells a process from a later one with the same number: when it started. Undefined where the system does not say. */
export function startOf(pid: number): string | undefined {
  const stat = readProcFile(pid, "stat");
  // The second field is the name in parentheses, which may hold spaces; the start is the 22nd.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

/** The program that a process runs, where the system says so. */
export function programOf(pid: number): string | undefined {
  return readProcFile(pid, "comm")?.trim();
}

function readProcFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}
