import { spawn } from "node:child_process";
import { UserError } from "../system/user-error";

/** What kubectl answered. */
export interface Answer {
  readonly isDone: boolean;
  readonly printed: string;
  /** What it says of its failure. */
  readonly problem: string;
}

/** Asks a cluster through kubectl, which finds it, and whoever asks, by itself. */
export type Kubectl = (...args: readonly string[]) => Promise<Answer>;

/**
 * kubectl for a context of the kubeconfig, or for its current one.
 * @throws UserError, when it is asked, where there is no kubectl.
 */
export function kubectlFor(context: string | undefined): Kubectl {
  const chosen = context === undefined ? [] : ["--context", context];
  return (...args) => {
    const child = spawn("kubectl", [...chosen, "--request-timeout=20s", ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    let problem = "";
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (problem += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once("error", () => reject(new UserError("There is no kubectl on the PATH, by which the cluster is asked.")));
      child.once("close", (code) => resolve({ isDone: code === 0, printed: printed.trim(), problem: problem.trim() }));
    });
  };
}
