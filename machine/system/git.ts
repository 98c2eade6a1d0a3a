import { spawn } from "node:child_process";
import { UserError } from "./user-error";

/** What git prints, and how it ended. */
export function runGit(
  cwd: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly printed: string }> {
  const child = spawn("git", args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", () => reject(new UserError("There is no git on the PATH, and this needs it. Nothing was changed.")));
    child.once("close", (code) => resolve({ code, printed: printed.trimEnd() }));
  });
}

/** What git prints; what it refuses is passed on. */
export async function git(cwd: string, args: readonly string[]): Promise<string> {
  const { code, printed } = await runGit(cwd, args);
  if (code !== 0) throw new UserError(`git ${args.join(" ")} failed:\n${printed}\nNothing was changed.`);
  return printed;
}

/** Whether this clone has an object, such as `<commit>^{commit}` or `<commit>:<path>`. */
export async function hasObject(cwd: string, object: string): Promise<boolean> {
  return (await runGit(cwd, ["cat-file", "-e", object])).code === 0;
}

/** Where the project lies in its repository: "" at the top, else "folder/". */
export async function findPrefix(projectRoot: string): Promise<string> {
  const { code, printed } = await runGit(projectRoot, ["rev-parse", "--show-prefix"]);
  if (code === 0) return printed;
  throw new UserError("This project is in no git clone, so there is no other commit of it. Nothing was changed.");
}

/** The files of a commit below a folder, by their paths from there, each with the hash of its content. */
export async function listCommitted(cwd: string, commit: string): Promise<ReadonlyMap<string, string>> {
  const listed = await git(cwd, ["ls-tree", "-r", "-z", commit]);
  return new Map(
    listed.split("\0").flatMap((entry) => {
      const [, hash, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
      return hash === undefined || path === undefined ? [] : [[path, hash] as const];
    }),
  );
}

/** The paths below a folder at which the working tree differs from a commit, files that git does not know included. */
export async function listChanged(cwd: string, commit: string): Promise<readonly string[]> {
  const changed = await git(cwd, [
    "-c",
    "core.safecrlf=false",
    "diff",
    "--name-only",
    "--no-renames",
    "--relative",
    "-z",
    commit,
    "--",
    ".",
  ]);
  const unknown = await git(cwd, ["ls-files", "--others", "--exclude-standard", "-z"]);
  return [...changed.split("\0"), ...unknown.split("\0")].filter((path) => path !== "");
}
