import { fork } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { ProviderModules } from "../../machine/embedded/provider/provider-process";
import { toolsRoot } from "../tools/engine";
import { copyProject, type ProjectCopy } from "./project-copy";

/** What an operation on a stack is told, and what it answers. */
export interface RunRequest {
  readonly projectRoot: string;
  readonly toolsRoot: string;
  readonly stackName: string;
  /** `refresh` is an `up` that looks at what is deployed first. */
  readonly operation: "up" | "preview" | "refresh" | "destroy";
  readonly providers?: ProviderModules;
}

const runResult = z.union([
  z.object({ changes: z.array(z.string()).readonly(), outputs: z.unknown() }),
  z.object({ failure: z.string() }),
]);

/** The changes as `created mc-rules`, sorted; or why there were none. */
export type RunResult = Readonly<z.infer<typeof runResult>>;

/** An operation that is under way, in a process of its own. */
export interface RunningOperation {
  readonly pid: number;
  /** Settled when the process is gone; a failure if it was killed before it had a result. */
  readonly ended: Promise<RunResult>;
}

/** A copy of this project whose stacks a test deploys. */
export interface ScratchProject extends ProjectCopy {
  /** The folder of what a stack has deployed there. */
  readonly deployed: (stack: string) => string;
  /** Runs an operation of a stack with the real engine, in a process of its own. */
  readonly run: (stackName: string, operation: RunRequest["operation"], providers?: ProviderModules) => Promise<RunResult>;
  /** As `run`, for a test that needs to know the process. */
  readonly start: (stackName: string, operation: RunRequest["operation"], providers?: ProviderModules) => RunningOperation;
}

/** Copies the project, for operations with the real engine. */
export function scratchProject(): ScratchProject {
  const copy = copyProject();
  const start: ScratchProject["start"] = (stackName, operation, providers) =>
    startOperation({ projectRoot: copy.root, toolsRoot, stackName, operation, ...(providers && { providers }) });
  return {
    ...copy,
    deployed: (stack) => join(copy.root, ".local", stack, "deployed"),
    run: (stackName, operation, providers) => start(stackName, operation, providers).ended,
    start,
  };
}

/** Starts an operation on a stack of any project, with the real engine, in a process of its own. */
export function startOperation(request: RunRequest): RunningOperation {
  const hook = join(toolsRoot, "machine", "system", "typescript-hook.cjs");
  const child = fork(join(__dirname, "run-stack.ts"), {
    execArgv: ["--require", hook],
    // As a person runs it. There the hook knows the project's files, and keeps what it has compiled for the next operation.
    cwd: request.projectRoot,
    // A test file has an environment of its own, which is not that of its process.
    env: process.env,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = new Promise<RunResult>((done, reject) => {
    let result: RunResult | undefined;
    child.once("error", reject);
    child.once("message", (message: unknown) => (result = runResult.parse(message)));
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
