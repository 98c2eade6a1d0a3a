import { existsSync } from "node:fs";
import { join } from "node:path";
import { provideEngine } from "../tools/engine";
import { inIsolatedEnvironment } from "../system/isolated-environment";
import { installBeside } from "../system/packages";
import { loadProgram } from "../embedded/stack/program";
import type { ProviderModules } from "../embedded/provider/provider-process";
import { withStack } from "../embedded/stack/stack";
import { readProjectName, requireStack } from "../embedded/stack/stack-files";
import { requireFree } from "../embedded/stack/stack-lock";
import { describeChanges, describeServices } from "../embedded/stack/summary";
import { tellMeaning } from "../preview/preview-commits";
import { npmLineFor } from "../terminal/command";
import { readHistory, type HistoryEntry } from "./history";
import { askPulumi } from "./ask-pulumi";
import type { Target } from "./target";

/** A stack of the embedded target, whose folder is in the project. */
export interface EmbeddedStack {
  readonly projectRoot: string;
  readonly stackName: string;
  /** Where the engine has been built. Without it: in the project. */
  readonly toolsRoot?: string;
  readonly providers?: ProviderModules;
  readonly note: (line: string) => void;
}

/** The embedded target: this process drives the engine, whatever commit is deployed. What an interrupted run left is repaired. */
export function embeddedTarget(stack: EmbeddedStack): Target {
  const { projectRoot, stackName, note } = stack;
  return {
    name: "the embedded target",
    readHistory: () => readEmbeddedHistory(stack),
    install: (worktree) => installBeside(projectRoot, worktree, note),
    tellMeaning: async (headRoot, baseCommit) =>
      tellMeaning({ stackName, headRoot, baseCommit, engine: await provideEngine(toolsOf(stack)), note }),
    open: (worktree, use) =>
      withStack({ ...requestOf(stack), projectRoot: worktree, program: loadProgram(worktree) }, (opened) =>
        use({
          preview: async () => {
            const { changes } = await opened.preview({ refresh: true });
            for (const line of ["", "Would change:", ...describeChanges(changes, true), ""]) note(line);
          },
          // With a refresh, so that it is recorded even where nothing changes, and so that nothing stays that was changed by hand.
          deploy: async () => {
            const { changes, outputs } = await opened.up({ refresh: true });
            const services = describeServices(outputs);
            if (services.length > 0) for (const line of ["Deployed:", ...services, ""]) note(line);
            for (const line of ["Changed:", ...describeChanges(changes), ""]) note(line);
          },
        }),
      ),
    forward: npmLineFor("up", stackName),
  };
}

function toolsOf({ projectRoot, toolsRoot, note }: EmbeddedStack) {
  return { projectRoot: toolsRoot ?? projectRoot, note };
}

function requestOf({ projectRoot, stackName, toolsRoot, providers, note }: EmbeddedStack) {
  return {
    stackName,
    note,
    localFolder: join(projectRoot, ".local"),
    toolsRoot: toolsRoot ?? projectRoot,
    ...(providers && { providers }),
  };
}

async function readEmbeddedHistory(stack: EmbeddedStack): Promise<readonly HistoryEntry[]> {
  const { projectRoot, stackName } = stack;
  requireStack(projectRoot, stackName);
  const stackFolder = join(projectRoot, ".local", stackName);
  requireFree(stackFolder, stackName);
  const state = join(stackFolder, "state");
  if (!existsSync(join(state, ".pulumi", "stacks", readProjectName(projectRoot), `${stackName}.json`))) return [];
  const { command: pulumi } = await provideEngine(toolsOf(stack));
  const environment = { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_HOME: join(stackFolder, "home") };
  return inIsolatedEnvironment(() => readHistory(askPulumi({ pulumi, projectRoot, stackName, environment })));
}
