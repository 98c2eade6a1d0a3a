import { execFileSync, fork } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { ProviderModules } from "../../local/provider-process";

const projectRoot = resolve(__dirname, "../..");

/** What an operation on a stack is told, and what it answers. */
export interface RunRequest {
  readonly projectRoot: string;
  readonly toolsRoot: string;
  readonly stackName: string;
  /** `refresh` is an `up` that looks at what is deployed first. */
  readonly operation: "up" | "refresh" | "destroy";
  readonly providers?: ProviderModules;
}

/** The changes as `created mc-rules`, sorted; or why there were none. */
export type RunResult = { readonly changes: readonly string[]; readonly outputs: unknown } | { readonly failure: string };

/** A copy of this project that a test may change, with its packages and tools. */
export interface ScratchProject {
  readonly root: string;
  /** The folder of what a stack has deployed there. */
  readonly deployed: (stack: string) => string;
  readonly edit: (file: string, change: (text: string) => string) => void;
  /** Runs an operation of a stack with the real engine, in a process of its own. */
  readonly run: (stackName: string, operation: RunRequest["operation"], providers?: ProviderModules) => Promise<RunResult>;
  readonly remove: () => void;
}

/** Copies the project as it is in the working tree: what git tracks, and what it would. */
export function scratchProject(): ScratchProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "dark-tower-")));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  for (const file of files.split("\n").filter((name) => name !== "" && !name.startsWith("tests/"))) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    cpSync(join(projectRoot, file), join(root, file), { force: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
  return {
    root,
    deployed: (stack) => join(root, ".local", stack, "deployed"),
    edit: (file, change) => writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8"))),
    run: (stackName, operation, providers) =>
      runStack({ projectRoot: root, toolsRoot: projectRoot, stackName, operation, ...(providers && { providers }) }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function runStack(request: RunRequest): Promise<RunResult> {
  const hook = join(projectRoot, "local", "typescript-hook.cjs");
  const child = fork(join(__dirname, "run-stack.ts"), {
    execArgv: ["--require", hook],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("message", (result: RunResult) => done(result));
    child.once("exit", (code) => reject(new Error(`The operation ended with code ${String(code)} and no result.`)));
    child.send(request);
  });
}

/** The changes of a run that must not have failed. */
export function changesOf(result: RunResult): readonly string[] {
  if ("failure" in result) throw new Error(result.failure);
  return result.changes;
}

/** Why a run failed that must have failed. */
export function failureOf(result: RunResult): string {
  if ("failure" in result) return result.failure;
  throw new Error("It did not fail.");
}
