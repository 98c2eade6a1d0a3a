import { spawn } from "node:child_process";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readIfPresent } from "./atomic-file";
import { UserError } from "./user-error";

// npm is a batch file there, which only a shell starts.
const isWindows = process.platform === "win32";

/** Installs the packages that a worktree's own lock file pins. */
async function installPackages(projectRoot: string, note: (line: string) => void): Promise<void> {
  note("Installing packages as that commit's package-lock.json pins them (npm ci) …");
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", args, { cwd: projectRoot, shell: isWindows, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new UserError(`Installing the packages failed. npm says:\n${printed.trim()}\nNothing was changed.`);
}

/** The same, unless the lock files are equal: then it finds the packages of the project above it. Returns whether it installed. */
export async function installForOwnProcess(origin: string, projectRoot: string, note: (line: string) => void): Promise<boolean> {
  const theirs = readIfPresent(join(projectRoot, "package-lock.json"));
  if (theirs === undefined || theirs === readIfPresent(join(origin, "package-lock.json"))) return false;
  await installPackages(projectRoot, note);
  return true;
}

/** The same for a program that runs in this process. */
export async function installBeside(origin: string, projectRoot: string, note: (line: string) => void): Promise<void> {
  if (!(await installForOwnProcess(origin, projectRoot, note))) return;
  // The SDK registers resources with the engine that this process has started, so there can be only one copy of it.
  const sdk = join("node_modules", "@pulumi", "pulumi");
  if (!existsSync(join(projectRoot, sdk))) return;
  rmSync(join(projectRoot, sdk), { recursive: true });
  symlinkSync(join(origin, sdk), join(projectRoot, sdk));
}
