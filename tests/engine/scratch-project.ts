import { join } from "node:path";
import { OperationProcess, type RunRequest, type RunResult } from "./operation-process";
import type { ProviderModules } from "../../machine/embedded/provider/provider-process";
import { toolsRoot } from "../tools/engine";
import { copyProject, type ProjectCopy } from "./project-copy";

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
  readonly run: RunOperation;
  /** As `run`, in one process for all, which has loaded the program once: for many operations of a project that stays as it is. */
  readonly runNext: RunOperation;
  /** As `run`, for a test that needs to know the process. */
  readonly start: (...operation: Parameters<RunOperation>) => RunningOperation;
}

type RunOperation = (stackName: string, operation: RunRequest["operation"], providers?: ProviderModules) => Promise<RunResult>;

/** Copies the project, for operations with the real engine. */
export function scratchProject(): ScratchProject {
  const copy = copyProject();
  let shared: OperationProcess | undefined;
  const requestOf = (...[stackName, operation, providers]: Parameters<RunOperation>): RunRequest => ({
    projectRoot: copy.root,
    toolsRoot,
    stackName,
    operation,
    ...(providers && { providers }),
  });
  return {
    ...copy,
    deployed: (stack) => join(copy.root, ".local", stack, "deployed"),
    run: (...operation) => startOperation(requestOf(...operation)).ended,
    runNext: (...operation) => (shared ??= new OperationProcess(copy.root)).run(requestOf(...operation)),
    start: (...operation) => startOperation(requestOf(...operation)),
    remove: () => {
      void shared?.end();
      copy.remove();
    },
  };
}

/** Starts an operation on a stack of any project, with the real engine, in a process of its own. */
export function startOperation(request: RunRequest): RunningOperation {
  const operation = new OperationProcess(request.projectRoot);
  const ended = operation.run(request).finally(() => operation.end());
  return { pid: operation.pid, ended };
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
