import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { RunbookDocument } from "../model/runbook";
import { readMarkdown } from "./markdown";

/** Where the generated sections stand, from the project's root. */
export const sectionsPath = "runbooks/sections.ts";

/**
 * Reads every Markdown file below `runbooks/`, in the order of their paths.
 * @throws Error when there is no such folder.
 */
export function loadRunbooks(projectRoot: string): readonly RunbookDocument[] {
  const folder = join(projectRoot, "runbooks");
  if (!existsSync(folder)) {
    throw new Error(`There is no folder ${folder}: put it beside Pulumi.yaml, with the runbooks in runbooks/<service>/.`);
  }
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".md") && path.includes("/"))
    .sort()
    .map((path) => readMarkdown(path, readFileSync(join(folder, path), "utf8")));
}

/** The generated sections file as it is on disk; empty when there is none yet. */
export function loadSectionsFile(projectRoot: string): string {
  const file = join(projectRoot, sectionsPath);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
