import { resolve } from "node:path";
import { readOptions } from "../local/command-line";
import { loadProgram } from "../local/program";
import { withStack } from "../local/stack";
import { describeChanges } from "../local/summary";

const usage = `Usage: npm run destroy [-- options]

  --stack <name>  the stack whose deployment is removed; without it: dev`;

/** Removes everything that a stack has deployed to the folder of this project. Its history stays. */
export async function main(args: string[]): Promise<number> {
  const { stack: stackName } = readOptions(args, { stack: { type: "string", default: "dev" } } as const, usage);
  const projectRoot = resolve(__dirname, "..");
  const note = (line: string): void => console.log(line);
  const { changes, seconds } = await withStack({ projectRoot, stackName, program: loadProgram(projectRoot), note }, (stack) => {
    note(`Removing what stack ${stackName} has deployed …`);
    return stack.destroy();
  });
  for (const line of ["", "Changed:", ...describeChanges(changes), ""]) note(line);
  note(`Done in ${seconds.toFixed(1)} s. Next: npm run up${stackName === "dev" ? "" : ` -- --stack ${stackName}`}`);
  return 0;
}
