import { createHash } from "node:crypto";
import { listChanged, listCommitted } from "../system/git";
import { installBeside } from "../system/packages";
import { findFiles, hashFiles, isInput } from "../system/program-inputs";
import { addWorktree, type Worktree } from "../system/worktree";

/** The commit that a working tree is compared with. It is checked out only when something of it has to be run. */
export interface BaseProject {
  /** The stacks that it had a file for. */
  readonly stacks: readonly string[];
  /** Whether it has the stack, and would deploy it from the same files as the working tree. */
  readonly isSame: (stackName: string) => boolean;
  /** Names what the base deploys of a stack, by everything that this depends on. */
  readonly key: (stackName: string) => string;
  /** The folder of Pulumi.yaml in a worktree of it, with its packages. */
  readonly checkOut: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Reads from git what a commit and the working tree have, and checks nothing out. */
export async function openBase(headRoot: string, commit: string, note: (line: string) => void): Promise<BaseProject> {
  const committed = await listCommitted(headRoot, commit);
  const changed = await listChanged(headRoot, commit);
  // The packages and the embedded target of the working tree deploy the base as well.
  const deploying = hashFiles(headRoot, [
    ...findFiles(headRoot).filter((path) => /^machine[\\/]/.test(path)),
    "package-lock.json",
  ]);
  let worktree: Promise<Worktree> | undefined;
  return {
    stacks: [...committed.keys()].flatMap((path) => /^Pulumi\.([A-Za-z0-9._-]+)\.yaml$/.exec(path)?.[1] ?? []).sort(),
    isSame: (stackName) => committed.has(`Pulumi.${stackName}.yaml`) && !changed.some((path) => isInput(path, stackName)),
    key: (stackName) => {
      const inputs = [...committed].filter(([path]) => isInput(path, stackName));
      const hash = createHash("sha256").update(JSON.stringify([inputs, deploying]));
      return `${stackName}-${hash.digest("hex").slice(0, 16)}`;
    },
    checkOut: async () => (await (worktree ??= addInstalled(headRoot, commit, note))).projectRoot,
    remove: async () => (await worktree?.catch(() => undefined))?.remove(),
  };
}

async function addInstalled(headRoot: string, commit: string, note: (line: string) => void): Promise<Worktree> {
  const worktree = await addWorktree(headRoot, commit);
  try {
    await installBeside(headRoot, worktree.projectRoot, note);
    return worktree;
  } catch (error) {
    await worktree.remove();
    throw error;
  }
}
