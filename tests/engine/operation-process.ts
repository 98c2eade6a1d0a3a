import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { ProviderModules } from "../../machine/embedded/provider/provider-process";
import { toolsRoot } from "../tools/engine";

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

/** A process that runs operations of one project's stacks with the real engine, one at a time. */
export class OperationProcess {
  private readonly child: ChildProcess;

  constructor(projectRoot: string) {
    const hook = join(toolsRoot, "machine", "system", "typescript-hook.cjs");
    this.child = fork(join(__dirname, "run-stack.ts"), {
      execArgv: ["--require", hook],
      // As a person runs it. There the hook knows the project's files, and keeps what it has compiled for the next operation.
      cwd: projectRoot,
      // A test file has an environment of its own, which is not that of its process.
      env: process.env,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Settled with a failure if the process ends before it has a result. */
  run(request: RunRequest): Promise<RunResult> {
    const { child } = this;
    return new Promise((done, reject) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
        done({ failure: `The operation ended with ${signal ?? `code ${String(code)}`} and no result.` });
      child.once("error", reject);
      child.once("exit", ended);
      child.once("message", (message: unknown) => {
        child.off("error", reject).off("exit", ended);
        done(runResult.parse(message));
      });
      child.send(request);
    });
  }

  /** Settled when the process is gone. */
  end(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((done) => {
      child.once("exit", () => done());
      if (child.connected) child.disconnect();
    });
  }
}
