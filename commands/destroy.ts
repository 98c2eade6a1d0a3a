import { resolve } from "node:path";
import { loadProgram } from "../machine/embedded/stack/program";
import { withStack } from "../machine/embedded/stack/stack";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { stackOption } from "../machine/terminal/stack-option";
import type { StackOperations } from "../machine/embedded/stack/stack-operations";
import { describeChanges } from "../machine/embedded/stack/summary";
import { type CommandDescription, npmLineFor } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { confirm, type Confirmation, requireAnswer } from "../machine/terminal/confirm";
import { onTerminal } from "../machine/terminal/terminal";

/** What is to be known of `destroy`. */
export const description = {
  name: "destroy",
  summary: "Removes everything that a stack has deployed to a folder, once you have agreed to what goes. Its history stays.",
  options: {
    stack: { ...stackOption("the stack whose deployment is removed"), default: "dev" },
    yes: { type: "boolean", help: "do not ask before removing" },
  },
  examples: ["", "--stack prod", "--stack prod --yes"],
} as const satisfies CommandDescription;

/** Removes everything that a stack has deployed to the folder of this project. Its history stays. */
export function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { stack: stackName, yes = false } = values;
  const projectRoot = resolve(__dirname, "..");
  const note = (line: string): void => console.log(line);
  requireStack(projectRoot, stackName);
  return onTerminal((terminal) => {
    const confirmation = { isConfirmed: yes, terminal };
    requireAnswer(confirmation);
    const request = { projectRoot, stackName, program: loadProgram(projectRoot), note };
    return withStack(request, (stack) => removeAll({ stack, stackName, note }, confirmation));
  });
}

interface Removal {
  readonly stack: StackOperations;
  readonly stackName: string;
  readonly note: (line: string) => void;
}

async function removeAll({ stack, stackName, note }: Removal, confirmation: Confirmation): Promise<number> {
  const deployed = stack.deployedResources();
  for (const line of [`Stack ${stackName} has deployed:`, ...describeDeployed(deployed), ""]) note(line);
  if (!(await confirm("Remove all of it?", confirmation))) {
    note("Nothing was removed.");
    return confirmation.terminal.signal.aborted ? 130 : 1;
  }
  note(`Removing what stack ${stackName} has deployed …`);
  const { changes, seconds } = await stack.destroy();
  for (const line of ["", "Changed:", ...describeChanges(changes), ""]) note(line);
  note(`Done in ${seconds.toFixed(1)} s. Next: ${npmLineFor("up", stackName)}`);
  return 0;
}

function describeDeployed(deployed: readonly string[]): readonly string[] {
  return deployed.length === 0 ? ["  nothing"] : deployed.map((resource) => `  ${resource}`);
}
