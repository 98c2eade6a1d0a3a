import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { type BuildContext, isOlder, provideGoTool } from "./go-tool";

/** The oldest Pulumi that is taken from the PATH: the version of the SDK that the program uses. */
export const minimumEngine = "3.248.0";

/** The Pulumi engine: the one on the PATH when it is new enough (the same major version), else one that is built once. */
export async function provideEngine(context: BuildContext): Promise<PulumiCommand> {
  const installed = await findOnPath();
  if (installed) return installed;
  return PulumiCommand.get({ root: await provideGoTool("pulumi", context) });
}

/** The path of promtool: always the pinned one, so that rule tests give one result everywhere. */
export async function providePromtool(context: BuildContext): Promise<string> {
  return provideTool("promtool", context);
}

/** The path of a tool that only tests run, at its pinned version: what reads the rules, the deployed files and the workflows. */
export async function provideTool(
  name: "promtool" | "prometheus" | "alertmanager" | "actionlint",
  context: BuildContext,
): Promise<string> {
  return join(await provideGoTool(name, context), "bin", name);
}

/** The Pulumi CLI on the PATH, with whatever belongs to it, when it is new enough. */
export async function findOnPath(): Promise<PulumiCommand | undefined> {
  try {
    const command = await PulumiCommand.get();
    const version = command.version?.format() ?? "0";
    return version.startsWith("3.") && !isOlder(version, minimumEngine) ? command : undefined;
  } catch {
    return undefined;
  }
}
