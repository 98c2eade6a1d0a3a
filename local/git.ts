import { spawnSync } from "node:child_process";
import { UserError } from "./user-error";

/** What git prints, or undefined when it refuses. */
export function tryGit(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 256 * 1024 ** 2 });
  return status === 0 ? stdout.trimEnd() : undefined;
}

/** What git prints; its refusal is passed on. */
export function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 256 * 1024 ** 2 });
  if (error) throw new UserError(`git could not be started: ${error.message}.`);
  if (status !== 0) throw new UserError(`git ${args.join(" ")} failed: ${stderr.trim()}`);
  return stdout.trimEnd();
}

/** The commit that a name stands for, or undefined when this clone does not have it. */
export function resolveCommit(folder: string, name: string): string | undefined {
  return tryGit(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
}
