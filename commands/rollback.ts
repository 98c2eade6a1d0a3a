import { resolve } from "node:path";
import { findOnPath, minimumEngine } from "../machine/tools/engine";
import { stackOption } from "../machine/terminal/stack-option";
import { UserError } from "../machine/system/user-error";
import { embeddedTarget } from "../machine/rollback/embedded-target";
import { findBackend, officialTarget } from "../machine/rollback/official-target";
import { runRollback } from "../machine/rollback/run-rollback";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { onTerminal } from "../machine/terminal/terminal";

/** What is to be known of `rollback`. */
export const description = {
  name: "rollback",
  summary: "Deploys an earlier commit of a stack again, from the stack's own history, once you have agreed to what changes.",
  options: {
    stack: { ...stackOption("the stack to roll back"), default: "dev" },
    to: {
      type: "string",
      value: "<version|commit>",
      help: "what to go back to; without it: the last good deployment of another commit",
      fits: (word: string) => /^(\d+|[0-9a-f]{4,40})$/.test(word),
    },
    yes: { type: "boolean", help: "do not ask before deploying" },
  },
  notes: `With PULUMI_BACKEND_URL or PULUMI_ACCESS_TOKEN in the environment, the stack is one of that backend, and the official CLI
deploys it. Without them it is one of the embedded target, as for npm run up.`,
  examples: ["--stack prod", "--stack prod --to 12", "--stack prod --to 4b1df5c --yes"],
} as const satisfies CommandDescription;

/** Deploys an earlier commit of a stack again, from the stack's own history. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { stack: stackName, to, yes = false } = values;
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
