import { resolve } from "node:path";
import { loadStackFile } from "../core/load/stack-file";
import type { Service } from "../core/model/service";
import { renderFindings } from "../core/render/findings";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { description as gate } from "../machine/gate/usage";
import { readRequest } from "../machine/gate/read-request";
import { runGate } from "../machine/gate/run-gate";
import { UserError } from "../machine/system/user-error";
import { loadProject, prepareDeployment } from "../project";
import { services } from "../services";
import type { CommandLine } from "../machine/terminal/command-line";
import { onTerminal } from "../machine/terminal/terminal";

/** What is to be known of `gate`. */
export const description = gate;

/** `npm run gate`: whether a rollout may go on, asked of the real servers. */
export function main(line: CommandLine<typeof description>): Promise<number> {
  const { stack } = line.values;
  const request = readRequest(line, stack === undefined ? services : servicesOf(stack));
  const words = request.format === "json" ? process.stderr : process.stdout;
  return onTerminal((terminal) => runGate(request, terminal), words);
}

/** The services with the gates that a stack deploys. */
function servicesOf(stack: string): readonly Service[] {
  const root = resolve(__dirname, "..");
  requireStack(root, stack);
  const loaded = loadStackFile(root, stack);
  const prepared = "findings" in loaded ? loaded : prepareDeployment(loadProject(root), stack, loaded.value);
  if ("findings" in prepared) throw new UserError(renderFindings(prepared.findings));
  return prepared.value.model.services;
}
