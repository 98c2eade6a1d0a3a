import { resolve } from "node:path";
import { onTerminal } from "../gate/terminal";
import { readOptions } from "../local/command-line";
import { embeddedTarget } from "../rollback/embedded-target";
import { runRollback } from "../rollback/run-rollback";

const usage = `Usage: npm run rollback [-- options]

  --stack <name>         the stack to roll back; without it: dev
  --to <version|commit>  what to go back to; without it: the last good deployment of another commit
  --yes                  do not ask before deploying`;

const options = {
  stack: { type: "string", default: "dev" },
  to: { type: "string" },
  yes: { type: "boolean", default: false },
} as const;

/** Deploys an earlier commit of a stack again, from the stack's own history. */
export function main(args: string[]): Promise<number> {
  const { stack: stackName, to, yes } = readOptions(args, options, usage);
  const projectRoot = resolve(__dirname, "..");
  const note = (line: string): void => console.log(line);
  const target = embeddedTarget({ projectRoot, stackName, note });
  return onTerminal((terminal) => runRollback({ projectRoot, stackName, to, isConfirmed: yes }, target, terminal));
}
