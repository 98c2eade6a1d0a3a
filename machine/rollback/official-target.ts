import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { tellMeaning } from "../preview/preview-commits";
import { installForOwnProcess } from "../system/packages";
import { UserError } from "../system/user-error";
import { provideEngine } from "../tools/engine";
import { askPulumi, type AskPulumi } from "./ask-pulumi";
import { readHistory, type HistoryEntry } from "./history";
import type { Target } from "./target";

/** A stack of a backend of the official CLI: Pulumi Cloud, object storage, a folder. */
export interface OfficialStack {
  readonly projectRoot: string;
  readonly stackName: string;
  /** The CLI. */
  readonly pulumi: string;
  readonly note: (line: string) => void;
}

/** The variables that choose a backend for the official CLI. Where one is set, a rollback is one of that backend. */
export function findBackend(environment: NodeJS.ProcessEnv): string | undefined {
  const { PULUMI_BACKEND_URL: url = "", PULUMI_ACCESS_TOKEN: token = "" } = environment;
  // A database's URL may hold a password.
  if (url !== "") return `the backend ${url.replace(/\/\/[^/@]*@/, "//")}`;
  return token === "" ? undefined : "Pulumi Cloud";
}

/** The official CLI does all the work, from a worktree: language host, plugins, preview, deployment. Its words go to the terminal. */
export function officialTarget(stack: OfficialStack, name: string): Target {
  const { stackName, projectRoot, note } = stack;
  return {
    name,
    readHistory: () => readOfficialHistory(stackName, askPulumi(stack)),
    install: async (worktree) => {
      await installForOwnProcess(projectRoot, worktree, note);
    },
    tellMeaning: async (headRoot, baseCommit) => {
      // Both commits are run in this process, which has packages of its own.
      if (existsSync(join(headRoot, "node_modules"))) return ["  cannot be told by meaning: that commit has other packages."];
      const engine = await provideEngine({ projectRoot, note });
      return tellMeaning({ stackName: stackName.split("/").at(-1) ?? stackName, headRoot, baseCommit, engine, note });
    },
    open: (worktree, use) =>
      use({
        // With a refresh, so that nothing stays that was changed by hand. What it means has been told before.
        preview: () => run(stack, worktree, ["preview", "--refresh"]),
        // Not shown a second time: it has been previewed and confirmed.
        deploy: () => run(stack, worktree, ["up", "--yes", "--skip-preview", "--refresh"]),
      }),
    forward: `pulumi up --stack ${stackName}, with the commit checked out that is wanted`,
  };
}

async function readOfficialHistory(stackName: string, ask: AskPulumi): Promise<readonly HistoryEntry[]> {
  const history = await readHistory(ask);
  const [newest] = history;
  if (newest?.result === "in-progress")
    throw new UserError(
      `Stack "${stackName}" is being changed: an operation (${newest.kind}) has been running since ${newest.time}. Nothing was changed; wait for it, or, if it is gone: pulumi cancel --stack ${stackName}`,
    );
  await requireFinished(stackName, ask);
  return history;
}

const exportSchema = z.object({
  deployment: z.object({
    pending_operations: z.array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) })).nullish(),
  }),
});

/** Nobody but a person can tell whether an operation that was under way when an update ended has happened. */
async function requireFinished(stackName: string, ask: AskPulumi): Promise<void> {
  const { deployment } = exportSchema.parse(JSON.parse(await ask("stack", "export")));
  const pending = deployment.pending_operations ?? [];
  if (pending.length === 0) return;
  throw new UserError(
    [
      `Stack "${stackName}" has pending operations: an update was interrupted while it was`,
      ...pending.map(({ type, resource }) => `  ${type} ${resource.urn}`),
      `Nothing was changed. See what has become of them, and try again: pulumi refresh --stack ${stackName}`,
    ].join("\n"),
  );
}

/** The backend as the CLI finds it from any folder: a relative `file://` is meant from the folder of the project. */
export function withAbsoluteBackend(environment: NodeJS.ProcessEnv, projectRoot: string): NodeJS.ProcessEnv {
  const [, path = "", query = ""] = /^file:\/\/([^?]*)(.*)$/.exec(environment["PULUMI_BACKEND_URL"] ?? "") ?? [];
  if (path === "" || isAbsolute(path) || /^~|^[A-Za-z]:/.test(path)) return environment;
  return { ...environment, PULUMI_BACKEND_URL: `file://${resolve(projectRoot, path)}${query}` };
}

async function run(stack: OfficialStack, worktree: string, args: readonly [string, ...string[]]): Promise<void> {
  const { pulumi, stackName, projectRoot } = stack;
  const env = withAbsoluteBackend(process.env, projectRoot);
  const child = spawn(pulumi, [...args, "--stack", stackName], { cwd: worktree, env, stdio: "inherit" });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new UserError(`pulumi ${args[0]} did not succeed: it says why above.`);
}
