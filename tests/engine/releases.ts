import { execFileSync, fork } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isNativeError } from "node:util/types";
import { z } from "zod";
import type { ProviderModules } from "../../machine/embedded/provider/provider-process";
import { embeddedTarget } from "../../machine/rollback/embedded-target";
import { runRollback } from "../../machine/rollback/run-rollback";
import { recordingTerminal } from "../machine/gate/recording-terminal";
import { toolsRoot } from "../tools/engine";
import { filesIn } from "./deployed";
import type { ScratchProject } from "./scratch-project";

/** What a rollback is told. */
export interface RollbackRun {
  readonly projectRoot: string;
  readonly toolsRoot: string;
  readonly stackName: string;
  readonly to?: string;
  /** What a person answers, or `--yes`. Without it, nobody can be asked. */
  readonly answer?: string;
  readonly providers?: ProviderModules;
}

/** How it ended, and what was printed until then. */
export type RollbackOutcome = { readonly printed: string } & ({ readonly code: number } | { readonly refusal: string });

/** Runs a rollback in this process. */
export async function runRequest({ projectRoot, stackName, to, answer, ...rest }: RollbackRun): Promise<RollbackOutcome> {
  const terminal = recordingTerminal(answer === undefined ? undefined : [answer]);
  const note = (line: string): void => terminal.write(`${line}\n`);
  const target = embeddedTarget({ projectRoot, stackName, note, ...rest });
  const request = { projectRoot, stackName, to, isConfirmed: answer === "--yes" };
  try {
    return { code: await runRollback(request, target, terminal), printed: terminal.written() };
  } catch (error) {
    return { refusal: isNativeError(error) ? error.message : String(error), printed: terminal.written() };
  }
}

/** What a rollback of the stack dev is told. */
type Selection = Omit<RollbackRun, "projectRoot" | "toolsRoot" | "stackName">;

/** Why a rollback of the stack dev of a project is refused. Nothing of the project is loaded. */
export async function refusalOf(projectRoot: string, selection: Selection = {}): Promise<string> {
  const outcome = await runRequest({ projectRoot, toolsRoot, stackName: "dev", ...selection });
  if ("refusal" in outcome) return outcome.refusal;
  throw new Error(`It was not refused:\n${outcome.printed}`);
}

/** Rolls back the stack dev of a project, in a process of its own, as a person does: so it can be killed. */
export function rollBack(projectRoot: string, selection: Selection) {
  const child = fork(join(__dirname, "run-rollback.ts"), {
    execArgv: ["--require", join(toolsRoot, "machine", "system", "typescript-hook.cjs")],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise<RollbackOutcome>((done, reject) => {
    child.once("error", reject);
    child.once("message", (outcome: RollbackOutcome) => done(outcome));
    child.once("exit", (code, signal) => reject(new Error(`Ended by ${signal ?? String(code)}.`)));
    child.send({ projectRoot, toolsRoot, stackName: "dev", ...selection });
  });
}

/** What a rollback printed that went well. */
export function printedBy(outcome: RollbackOutcome): string {
  if ("code" in outcome && outcome.code === 0) return outcome.printed;
  throw new Error("refusal" in outcome ? outcome.refusal : outcome.printed);
}

/** Runs git in a project, as somebody. */
export function git(root: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=Ana Person", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" }).trim();
}

/** Makes a repository of a project, with what it holds as the first release. */
export function initRepository({ root }: ScratchProject): string {
  git(root, "init", "--quiet");
  // Here the packages are a link, which the project's .gitignore does not mean.
  appendFileSync(join(root, ".git", "info", "exclude"), "/node_modules\n");
  return commit(root, "First release");
}

/** Commits everything, and gives the commit. */
export function commit(root: string, message: string): string {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", message);
  return git(root, "rev-parse", "HEAD");
}

const resource = z.looseObject({
  urn: z.string(),
  created: z.string().optional(),
  modified: z.string().optional(),
  sourcePosition: z.string().optional(),
  stackTrace: z.unknown().optional(),
  dependencies: z.array(z.string()).default([]),
});
const checkpoint = z.object({ checkpoint: z.object({ latest: z.object({ resources: z.array(resource) }) }) });

/** Everything that a deployment of the stack dev leaves: its files, and its state with the outputs, but without times and without where the source lay. */
export function deploymentOf({ root, deployed }: ScratchProject) {
  const stack = readFileSync(join(stateFolder(root), ".pulumi/stacks/dark-tower-observability/dev.json"), "utf8");
  const { resources } = checkpoint.parse(JSON.parse(stack)).checkpoint.latest;
  return {
    resources: resources
      .map(({ created: _1, modified: _2, sourcePosition: _3, stackTrace: _4, dependencies, ...rest }) => ({
        ...rest,
        dependencies: [...dependencies].sort(), // in no order of their own
      }))
      .sort((left, right) => (left.urn < right.urn ? -1 : 1)),
    files: filesIn(deployed("dev")).map((file) => `${file}\n${readFileSync(file, "utf8")}`),
  };
}

/** Where the engine keeps the state of the stack dev. */
export function stateFolder(root: string): string {
  return join(root, ".local", "dev", "state");
}

/** The worktrees that are left, on disk and for git. */
export function worktreesOf(root: string): readonly string[] {
  const folder = join(root, ".local", "worktrees");
  const known = git(root, "worktree", "list", "--porcelain").match(/^worktree .*/gm) ?? [];
  return [...(existsSync(folder) ? readdirSync(folder) : []), ...known.slice(1)];
}

/** Raises a threshold of the stack, which nothing but its rules and its dashboard says. */
export function warnLater(settings: string): string {
  return settings.replace(
    "config:\n",
    "config:\n  dark-tower-observability:alertOverrides:\n    MCCriticalMailboxDepth:\n      threshold: 550\n",
  );
}
