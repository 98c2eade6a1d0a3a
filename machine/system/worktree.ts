import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findPrefix, git } from "./git";
import { isRunning } from "./processes";

/** A commit in a folder of its own, beside what is checked out. */
export interface Worktree {
  /** The folder of Pulumi.yaml in it. */
  readonly projectRoot: string;
  readonly remove: () => Promise<void>;
}

/** Checks a commit out below `.local`, where packages are found as the project finds them. */
export async function addWorktree(projectRoot: string, commit: string): Promise<Worktree> {
  const folder = join(projectRoot, ".local", "worktrees");
  mkdirSync(folder, { recursive: true });
  removeLeftovers(folder);
  const root = join(folder, `${commit.slice(0, 7)}-${process.pid}`);
  const remove = async (): Promise<void> => {
    rmSync(root, { recursive: true, force: true });
    await git(projectRoot, ["worktree", "prune"]);
  };
  await remove();
  try {
    await git(projectRoot, ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", root, commit]);
  } catch (error) {
    await remove();
    throw error;
  }
  return { projectRoot: join(root, await findPrefix(projectRoot)), remove };
}

// What a run left that was killed: its process is part of the name.
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(name.split("-").at(-1));
    if (!isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
