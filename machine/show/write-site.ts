import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "../../core/site/content";
import { UsageError } from "../system/user-error";

/** By this file a folder is known as one that holds a site, and nothing else. */
const marker = ".dark-tower-site";

/**
 * Makes sure that a site can be written into a folder.
 * @throws UsageError when something else is in it, which would be lost.
 */
export function requireSiteFolder(folder: string): void {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  if (there.length > 0 && !there.includes(marker))
    throw new UsageError(
      `${folder} holds something that is no site of ours (such as ${there[0] ?? ""}). Name an empty folder, or a new one.`,
    );
}

/**
 * Writes a site into a folder, in place of the one that is there.
 * @throws UsageError when something else is in the folder.
 */
export function writeSite(folder: string, files: Files): void {
  requireSiteFolder(folder);
  for (const name of listOf(folder)) if (!files.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, marker), `${[...files.keys()].join("\n")}\n`);
}

/** What the former site consisted of. */
function listOf(folder: string): readonly string[] {
  const file = join(folder, marker);
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((name) => name !== "" && !name.split("/").includes(".."))
    : [];
}
