import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { UsageError } from "../../machine/system/user-error";

/** A commit of the repository in which a folder lies. */
export interface FoundCommit {
  /** The folder, without links. */
  readonly root: string;
  /** The top of the working tree. */
  readonly top: string;
  readonly commit: string;
}

/** Finds a commit by whatever name git knows. */
export function findCommit(folder: string, ref: string): FoundCommit {
  const root = realpathSync(folder); // git follows links
  const top = git(root, ["rev-parse", "--show-toplevel"]).trim();
  const commit = git(
    root,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    `There is no commit "${ref}".`,
  ).trim();
  return { root, top, commit };
}

/** Does something with the folder as it was at the commit. */
export function atCommit<T>({ root, top, commit }: FoundCommit, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "chain-"));
  try {
    git(
      top,
      ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--quiet", join(folder, "base"), commit],
      `git cannot check ${commit} out beside the working tree.`,
    );
    return use(join(folder, "base", relative(top, root)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    git(top, ["worktree", "prune"]);
  }
}

/** A hook has these set, for the commit that is being made: another checkout would be written into its index. */
const ofHooks = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/** What git prints. What it refuses is told in these words. */
export function git(
  cwd: string,
  args: readonly string[],
  message = "This is no git repository, so there is no other commit.",
): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofHooks.includes(name)));
  try {
    return execFileSync("git", args, {
      cwd,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    throw new UsageError(message);
  }
}
