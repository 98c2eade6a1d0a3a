import { readRequest } from "../gate/read-request";
import { runGate } from "../gate/run-gate";
import { onTerminal } from "../gate/terminal";
import { usage } from "../gate/usage";
import { services } from "../services";

/** `npm run gate`: whether a rollout may go on, asked of the real servers. Its exit codes are in gate/usage.ts. */
export function main(args: string[]): Promise<number> {
  const request = readRequest(args, services);
  if (request)
    return onTerminal((terminal) => runGate(request, terminal), request.format === "json" ? process.stderr : process.stdout);
  console.log(usage);
  return Promise.resolve(0);
}
