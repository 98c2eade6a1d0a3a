import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scratchProject, type ScratchProject } from "./scratch-project";

/** A scratch project that is a clone of its own, with one commit, "Base". */
export interface CommittedProject extends ScratchProject {
  readonly git: (...args: readonly string[]) => string;
  /** Runs a command of the project as a person does. */
  readonly command: (...args: readonly string[]) => { readonly code: number; readonly printed: string };
  readonly read: (file: string) => string;
}

export function committedProject(): CommittedProject {
  const scratch = scratchProject();
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: scratch.root, encoding: "utf8" });
  git("init", "--quiet");
  git("config", "user.name", "Test");
  git("config", "user.email", "test@example.com");
  // .gitignore means the folder, and here it is a link.
  appendFileSync(join(scratch.root, ".git", "info", "exclude"), "node_modules\n");
  mkdirSync(join(scratch.root, ".cache"));
  git("add", ".");
  git("commit", "--quiet", "-m", "Base");
  return {
    ...scratch,
    git,
    command: (...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ["run.mjs", ...args], {
        cwd: scratch.root,
        encoding: "utf8",
      });
      return { code: status ?? -1, printed: stdout + stderr };
    },
    read: (file) => readFileSync(join(scratch.root, file), "utf8"),
  };
}
