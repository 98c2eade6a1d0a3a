import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { isOlder, readGoTool } from "./go-tool";
import { provideTool as provideToolFolder, type ToolContext } from "./provide-tool";

/** A Pulumi CLI on this machine: how it is started, and its version, such as `3.259.0`. */
export interface Engine {
  readonly command: string;
  readonly version: string;
}

/** The oldest Pulumi that is taken from the PATH: the version of the SDK that the program uses. */
export const minimumEngine = "3.248.0";

/** The Pulumi engine: the one on the PATH when it is new enough (the same major version), else the pinned one. */
export async function provideEngine(context: ToolContext): Promise<Engine> {
  const installed = await findOnPath();
  if (installed) return installed;
  const command = join(await provideToolFolder("pulumi", context), "bin", "pulumi");
  return { command, version: readGoTool(context.projectRoot, "pulumi").version.replace(/^v/, "") };
}

/** The path of promtool: always the pinned one, so that rule tests give one result everywhere. */
export async function providePromtool(context: ToolContext): Promise<string> {
  return provideTool("promtool", context);
}

/** The path of a tool that only tests run, at its pinned version: what reads the rules, the deployed files and the workflows. */
export async function provideTool(
  name: "promtool" | "prometheus" | "alertmanager" | "actionlint" | "kubectl-validate",
  context: ToolContext,
): Promise<string> {
  return join(await provideToolFolder(name, context), "bin", name);
}

/** The paths of the programs that evaluate rules on data. */
export async function provideEvaluators(
  context: ToolContext,
): Promise<{ readonly prometheus: string; readonly promtool: string }> {
  return { prometheus: await provideTool("prometheus", context), promtool: await providePromtool(context) };
}

/** The Pulumi CLI on the PATH, with whatever belongs to it, when it is new enough. */
export async function findOnPath(): Promise<Engine | undefined> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = stdout.trim().replace(/^v/, "");
    return version.startsWith("3.") && !isOlder(version, minimumEngine) ? { command: "pulumi", version } : undefined;
  } catch {
    return undefined;
  }
}
