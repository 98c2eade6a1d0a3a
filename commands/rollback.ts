import { resolve } from "node:path";
import { onTerminal } from "../gate/terminal";
import { readOptions } from "../local/command-line";
import { findOnPath, minimumEngine } from "../local/engine";
import { UserError } from "../local/user-error";
import { embeddedTarget } from "../rollback/embedded-target";
import { findBackend, officialTarget } from "../rollback/official-target";
import { runRollback } from "../rollback/run-rollback";

const usage = `Usage: npm run rollback [-- options]

  --stack <name>         the stack to roll back; without it: dev
  --to <version|commit>  what to go back to; without it: the last good deployment of another commit
  --yes                  do not ask before deploying

With PULUMI_BACKEND_URL or PULUMI_ACCESS_TOKEN in the environment, the stack is one of that backend, and the official CLI
deploys it. Without them it is one of the embedded target, as for npm run up.`;

const options = {
  stack: { type: "string", default: "dev" },
  to: { type: "string" },
  yes: { type: "boolean", default: false },
} as const;

/** Deploys an earlier commit of a stack again, from the stack's own history. */
export async function main(args: string[]): Promise<number> {
  const { stack: stackName, to, yes } = readOptions(args, options, usage);
  const stack = { projectRoot: resolve(__dirname, ".."), stackName, note: (line: string): void => console.log(line) };
  const backend = findBackend(process.env);
  const target =
    backend === undefined ? embeddedTarget(stack) : officialTarget({ ...stack, pulumi: await findOfficialCli() }, backend);
  return onTerminal((terminal) => runRollback({ ...stack, to, isConfirmed: yes }, target, terminal));
}

async function findOfficialCli(): Promise<string> {
  const installed = await findOnPath();
  if (installed) return installed.command;
  throw new UserError(
    `PULUMI_BACKEND_URL or PULUMI_ACCESS_TOKEN is set, so this is about a stack of the official CLI; there is no pulumi ${minimumEngine} or newer on the PATH. Without these variables, it is about the embedded target.`,
  );
}
