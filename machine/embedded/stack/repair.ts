import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { isUnfinished, readEngineState, withoutUnfinished } from "./engine-state";
import { removeUnrecorded } from "./interruption";
import { asProperties } from "../provider/property-values";

/** A stack to look at, and whether its last run is already known to have been interrupted. */
export interface Repair {
  readonly stack: Stack;
  readonly stackFolder: string;
  /** How the engine is started. */
  readonly command: string;
  readonly isKnown: boolean;
  readonly note: (line: string) => void;
}

/** Makes an unfinished stack usable, and says whether it was one: then what is deployed must be compared with the state. */
export function repairStack({ stack, stackFolder, command, isKnown, note }: Repair): boolean {
  const state = readEngineState(join(stackFolder, "state"));
  if (!isKnown && !isUnfinished(state)) return false;
  note("The last run did not finish: repairing the stack, then comparing it with what is deployed.");
  const removed = removeUnrecorded(join(stackFolder, "deployed"), state);
  if (removed.length > 0) note(`Removed what it had created without recording it: ${removed.join(", ")}.`);
  if (isUnfinished(state)) rewriteState(stack, command);
  return true;
}

// Not with the SDK's exportStack and importStack: they decrypt every secret and pass the state through a file in the system's temporary folder.
function rewriteState({ name, workspace }: Stack, command: string): void {
  const home = workspace.pulumiHome === undefined ? {} : { PULUMI_HOME: workspace.pulumiHome };
  const settings = {
    cwd: workspace.workDir,
    env: { ...process.env, ...workspace.envVars, ...home },
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  } as const;
  const exported = asProperties(
    JSON.parse(execFileSync(command, ["stack", "export", "--stack", name, "--non-interactive"], settings)),
  );
  const input = JSON.stringify({ ...exported, deployment: withoutUnfinished(exported["deployment"]) });
  execFileSync(command, ["stack", "import", "--stack", name, "--non-interactive"], {
    ...settings,
    input,
    stdio: ["pipe", "ignore", "pipe"],
  });
}
