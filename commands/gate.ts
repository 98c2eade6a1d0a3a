import { description as gate } from "../gate/usage";
import { readRequest } from "../gate/read-request";
import { runGate } from "../gate/run-gate";
import { services } from "../services";
import type { CommandLine } from "../terminal/command-line";
import { onTerminal } from "../terminal/terminal";

/** What is to be known of `gate`. */
export const description = gate;

/** `npm run gate`: whether a rollout may go on, asked of the real servers. */
export function main(line: CommandLine<typeof description>): Promise<number> {
  const request = readRequest(line, services);
  return onTerminal((terminal) => runGate(request, terminal));
}
