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
  readonly operation: "up" | "preview" | "refresh" | "destroy";
  readonly providers?: ProviderModules;
}

/** The changes as `created mc-rules`, sorted; or why there were none. */
export type RunResult = { readonly changes: readonly string[]; readonly outputs: unknown } | { readonly failure: string };

/** An operation that is under way, in a process of its own. */
export interface RunningOperation {
  readonly pid: number;
  /** Settled when the process is gone; a failure if it was killed before it had a result. */
  readonly ended: Promise<RunResult>;
}

/** A copy of this project that a test may change, with its packages and tools. */
export interface ScratchProject {
  readonly root: string;
  /** The folder of what a stack has deployed there. */
  readonly deployed: (stack: string) => string;
  readonly edit: (file: string, change: (text: string) => string) => void;
  /** Runs an operation of a stack with the real engine, in a process of its own. */
  readonly run: (stackName: string, operation: RunRequest["operation"], providers?: ProviderModules) => Promise<RunResult>;
  /** As `run`, for a test that needs to know the process. */
  readonly start: (stackName: string, operation: RunRequest["operation"], providers?: ProviderModules) => RunningOperation;
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
  const start: ScratchProject["start"] = (stackName, operation, providers) =>
    startOperation({ projectRoot: root, toolsRoot: projectRoot, stackName, operation, ...(providers && { providers }) });
  return {
    root,
    deployed: (stack) => join(root, ".local", stack, "deployed"),
    edit: (file, change) => writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8"))),
    run: (stackName, operation, providers) => start(stackName, operation, providers).ended,
    start,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function startOperation(request: RunRequest): RunningOperation {
  const hook = join(projectRoot, "local", "typescript-hook.cjs");
  const child = fork(join(__dirname, "run-stack.ts"), {
    execArgv: ["--require", hook],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = new Promise<RunResult>((done, reject) => {
    let result: RunResult | undefined;
    child.once("error", reject);
    child.once("message", (message: RunResult) => (result = message));
    child.once("exit", (code, signal) =>
      done(result ?? { failure: `The operation ended with ${signal ?? `code ${String(code)}`} and no result.` }),
    );
  });
  child.send(request);
  return { pid: child.pid ?? 0, ended };
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
