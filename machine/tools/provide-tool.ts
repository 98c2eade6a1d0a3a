import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashFiles } from "../system/program-inputs";
import { cacheFolder } from "./cache-folder";
import type { Timeouts } from "./download";
import { describeDiskError } from "./disk-error";
import { DownloadFailure } from "./download-failure";
import { type BuildContext, buildGoTool, readGoTool } from "./go-tool";
import { modulesFolder } from "./modules-folder";
import type * as installing from "./install-release";
import { readRelease, type Release } from "./release";

/** Where a tool is pinned, and where to say how it is had. */
export interface ToolContext extends BuildContext {
  /** How long to wait for the publisher's server. */
  readonly timeouts?: Timeouts;
  /** Where tools are kept. Without it: the user's cache folder. */
  readonly cache?: string;
}

/**
 * The folder of a pinned tool, with the executable in its `bin`, as Pulumi's SDK expects it. What any clone of this user
 * had before is taken; else the publisher's release, checked; else, where that cannot be had, it is built from source.
 */
export async function provideTool(name: string, context: ToolContext): Promise<string> {
  const release = readRelease(context.projectRoot, name);
  const released = release && releasedFolder(release, context);
  const built = builtFolder(name, context);
  const present = [released, built].find((folder) => folder !== undefined && existsSync(folder));
  if (present !== undefined) return present;
  try {
    if (release && released !== undefined && (await isInstalled(release, released, context))) return released;
    await buildGoTool(readGoTool(context.projectRoot, name), built, context);
    return built;
  } catch (error) {
    throw describeDiskError(error, dirname(built)) ?? error;
  }
}

async function isInstalled(release: Release, folder: string, context: ToolContext): Promise<boolean> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the HTTP client takes long to load, and is nearly never needed
    const { installRelease } = require("./install-release") as typeof installing;
    await installRelease(release, folder, context);
    return true;
  } catch (error) {
    if (!(error instanceof DownloadFailure)) throw error;
    context.note(`${error.message}. Nothing of it was kept; ${release.name} is built from source instead.`);
    return false;
  }
}

function releasedFolder({ name, version, sha256 }: Release, context: ToolContext): string {
  return join(toolsFolder(context), `${name}-${version}-${sha256.slice(0, 12)}`);
}

// Two clones may pin one version with different modules below it: go.sum says which. A home folder may serve machines of two kinds.
function builtFolder(name: string, context: ToolContext): string {
  const pinned = hashFiles(join(modulesFolder(context.projectRoot), name), ["go.mod", "go.sum"]);
  const { version } = readGoTool(context.projectRoot, name);
  return join(toolsFolder(context), `${name}-${version}-built-${process.platform}-${process.arch}-${pinned.slice(0, 12)}`);
}

function toolsFolder({ cache = cacheFolder() }: ToolContext): string {
  return join(cache, "tools");
}
