import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../local/processes";
import { UserError } from "../local/user-error";
import { short, type Release } from "./choose-update";

/** A commit in a folder of its own, beside what is checked out. */
export interface Worktree {
  /** The folder of Pulumi.yaml in it. */
  readonly projectRoot: string;
  readonly remove: () => Promise<void>;
}

/** Refuses a release whose commit, or whose file of the stack, this clone does not have. */
export async function requireInClone(projectRoot: string, { commit, version }: Release, stackName: string): Promise<void> {
  const prefix = await findPrefix(projectRoot);
  const of = `Commit ${short(commit)} (version ${version} of stack "${stackName}")`;
  if (!(await has(projectRoot, `${commit}^{commit}`))) {
    const isShallow = (await git(projectRoot, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
    const how = isShallow ? "git fetch --unshallow" : `git fetch origin ${commit}`;
    throw new UserError(`${of} is not in this clone. Nothing was changed; fetch it and try again: ${how}`);
  }
  const file = `Pulumi.${stackName}.yaml`;
  if (!(await has(projectRoot, `${commit}:${prefix}${file}`)))
    throw new UserError(`${of} has no ${file}: the settings of that deployment are not known. Nothing was changed.`);
}

/** Checks a commit out below `.local`, where packages are found as the project finds them. */
export async function addWorktree(projectRoot: string, commit: string): Promise<Worktree> {
  const folder = join(projectRoot, ".local", "worktrees");
  mkdirSync(folder, { recursive: true });
  removeLeftovers(folder);
  const root = join(folder, `${short(commit)}-${process.pid}`);
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

// What a rollback left that was killed: its process is part of the name.
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(name.split("-").at(-1));
    if (!isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function has(projectRoot: string, object: string): Promise<boolean> {
  return (await runGit(projectRoot, ["cat-file", "-e", object])).code === 0;
}

/** Where the project lies in its repository: "" at the top, else "folder/". */
async function findPrefix(projectRoot: string): Promise<string> {
  const { code, printed } = await runGit(projectRoot, ["rev-parse", "--show-prefix"]);
  if (code === 0) return printed.trim();
  throw new UserError("This project is in no git clone, so there is no commit to go back to. Nothing was changed.");
}

async function git(cwd: string, args: readonly string[]): Promise<string> {
  const { code, printed } = await runGit(cwd, args);
  if (code !== 0) throw new UserError(`git ${args.join(" ")} failed:\n${printed.trim()}\nNothing was changed.`);
  return printed;
}

function runGit(cwd: string, args: readonly string[]): Promise<{ readonly code: number | null; readonly printed: string }> {
  const child = spawn("git", args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", () =>
      reject(new UserError("There is no git on the PATH, and a rollback needs it. Nothing was changed.")),
    );
    child.once("close", (code) => resolve({ code, printed }));
  });
}
