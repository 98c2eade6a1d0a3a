import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { git, tryGit } from "./git";
import { UserError } from "./user-error";

/** A commit to be checked out beside the working tree. */
export interface WorktreeRequest {
  readonly projectRoot: string;
  readonly commit: string;
  readonly note: (line: string) => void;
}

/** Checks out a commit into a folder of its own, with the packages of its lock file, and removes the folder afterwards. */
export async function withWorktree<T>(
  { projectRoot, commit, note }: WorktreeRequest,
  use: (root: string) => Promise<T>,
): Promise<T> {
  const parent = join(projectRoot, ".local", "worktrees");
  mkdirSync(parent, { recursive: true });
  // What an interrupted run left here is of no use to anyone, and git forgets about it once its folder is gone.
  git(projectRoot, "worktree", "prune");
  const root = join(mkdtempSync(join(parent, `${commit.slice(0, 8)}-`)), "project");
  try {
    git(projectRoot, "worktree", "add", "--detach", root, commit);
    providePackages(projectRoot, root, note);
    return await use(root);
  } finally {
    tryGit(projectRoot, "worktree", "remove", "--force", root);
    rmSync(join(root, ".."), { recursive: true, force: true });
  }
}

function providePackages(projectRoot: string, root: string, note: (line: string) => void): void {
  const [own, theirs] = [projectRoot, root].map((folder) => join(folder, "package-lock.json"));
  if (own === undefined || theirs === undefined || !existsSync(theirs)) return;
  if (readFileSync(own, "utf8") === readFileSync(theirs, "utf8")) {
    symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
    return;
  }
  note("Installing the packages of that commit (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new UserError("Installing the packages of that commit failed: npm says why above.");
}
