import { spawn } from "node:child_process";
import { UserError } from "../system/user-error";

/** Asks the Pulumi CLI something about a stack, and gives what it prints. */
export type AskPulumi = (...args: readonly string[]) => Promise<string>;

/** A stack as the CLI finds it: from this folder, with these variables beside those of this process. */
export interface AskedStack {
  /** The CLI. */
  readonly pulumi: string;
  readonly projectRoot: string;
  readonly stackName: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Not through the SDK, whose Stack selects a stack for the whole folder and decrypts every secret before it answers. */
export function askPulumi({ pulumi, projectRoot, stackName, environment }: AskedStack): AskPulumi {
  return (...args) => {
    const child = spawn(pulumi, [...args, "--stack", stackName, "--non-interactive"], {
      cwd: projectRoot,
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let answer = "";
    let problems = "";
    child.stdout.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (problems += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve(answer);
        else reject(new UserError(`${problems.trim()}\nNothing was changed.`));
      });
    });
  };
}
