import { description as gate } from "../machine/gate/usage";
import { readRequest } from "../machine/gate/read-request";
import { runGate } from "../machine/gate/run-gate";
import { services } from "../services";
import type { CommandLine } from "../machine/terminal/command-line";
import { onTerminal } from "../machine/terminal/terminal";

/** What is to be known of `gate`. */
export const description = gate;

/** `npm run gate`: whether a rollout may go on, asked of the real servers. */
export function main(line: CommandLine<typeof description>): Promise<number> {
  const request = readRequest(line, services);
  const words = request.format === "json" ? process.stderr : process.stdout;
  return onTerminal((terminal) => runGate(request, terminal), words);
}
