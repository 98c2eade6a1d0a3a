import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import { loadStackFile } from "../core/load/stack-file";
import { loadProgram, preloadProgram } from "../machine/embedded/stack/program";
import { withStack } from "../machine/embedded/stack/stack";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { stackOption } from "../machine/terminal/stack-option";
import type { Outcome, StackOperations } from "../machine/embedded/stack/stack-operations";
import { describeChanges, describeObjectives, describeServices } from "../machine/embedded/stack/summary";
import { requireTypes } from "../machine/system/type-check";
import { UserError } from "../machine/system/user-error";
import { renderFindings } from "../core/render/findings";
import { renderJourneyTable } from "../core/render/journey-table";
import { type CommandDescription, npmLineFor } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import type * as project from "../project";

/** What is to be known of `up`. */
export const description = {
  name: "up",
  summary: "Deploys a stack to a folder, with the real Pulumi engine: no account, no cluster, no Grafana.",
  options: {
    stack: { ...stackOption("the stack to deploy"), default: "dev" },
    preview: { type: "boolean", help: "show what would change, and deploy nothing" },
    refresh: {
      type: "boolean",
      help: "look at what is deployed first, so that what someone changed by hand is put right",
    },
  },
  examples: ["", "--preview", "--stack prod", "--refresh"],
} as const satisfies CommandDescription;

/** Deploys a stack to a folder of this project, with the real engine and no account, cluster or Grafana. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { stack: stackName, preview = false, refresh = false } = values;
  const projectRoot = resolve(__dirname, "..");
  const started = Date.now();
  const note = (line: string): void => console.log(line);
  requireStack(projectRoot, stackName);
  refuseReadableSecrets(projectRoot, stackName);
  await requireTypes(projectRoot, note);
  const meanwhile = (): void => preloadProgram(projectRoot);
  const request = { projectRoot, stackName, program: loadProgram(projectRoot), meanwhile, note };
  const lines = await withStack(request, (stack) => {
    note(preview ? `Previewing stack ${stackName} …` : `Deploying stack ${stackName} …`);
    return preview ? previewStack(stack, refresh) : deployStack(stack, refresh);
  });
  for (const line of lines) note(line);
  note(
    `Done in ${((Date.now() - started) / 1000).toFixed(1)} s.${preview ? "" : ` Next: ${npmLineFor("up", stackName, ["--preview"])}, ${npmLineFor("destroy", stackName)}`}`,
  );
  return 0;
}

function refuseReadableSecrets(projectRoot: string, stackName: string): void {
  const loaded = loadStackFile(projectRoot, stackName);
  if ("findings" in loaded) throw new UserError(`Nothing was deployed.\n\n${renderFindings(loaded.findings)}`);
}

async function previewStack(stack: StackOperations, refresh: boolean): Promise<string[]> {
  const outcome = await stack.preview(refresh ? { refresh } : {});
  return ["", "Would change:", ...describeChanges(outcome.changes, true), ...describePromises(outcome), ""];
}

async function deployStack(stack: StackOperations, refresh: boolean): Promise<string[]> {
  const outcome = await stack.up(refresh ? { refresh } : {});
  const services = describeServices(outcome.outputs);
  return [
    ...(services.length > 0 ? ["", "Deployed:", ...services] : []),
    ...["", "Changed:", ...describeChanges(outcome.changes)],
    ...describePromises(outcome),
    ...["", `Files: ${relative(process.cwd(), stack.deployedFolder)}`, ""],
  ];
}

/** What changed about the objectives, and what the journeys' steps add up to. */
function describePromises({ outputsBefore, outputs }: Outcome): string[] {
  const objectives = describeObjectives(outputsBefore, outputs);
  const journeys = journeyTables().flatMap((table) => table.split("\n").map((line) => `  ${line}`));
  return [
    ...(objectives.length > 0 ? ["", "Objectives:", ...objectives] : []),
    ...(journeys.length > 0 ? ["", "Journeys:", ...journeys] : []),
  ];
}

/** Loaded when the program has been run, which has loaded it. */
function journeyTables(): readonly string[] {
  const load = createRequire(__filename);
  const { loadProject } = load("../project") as typeof project;
  return loadProject(resolve(__dirname, "..")).journeys.map(renderJourneyTable);
}
