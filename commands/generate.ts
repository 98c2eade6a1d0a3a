import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeBlocks, writeSections } from "../library/generated";
import { loadSettingDeclarations } from "../load/stack-file";
import type { Model } from "../model/model";
import type * as project from "../project";
import { rewriteSettingsTable } from "../render/settings-table";
import type { CommandDescription } from "../terminal/command";
import { loadDescriptions, rewriteCommandTable } from "../terminal/command-table";

/** What is to be known of `generate`. */
export const description = {
  name: "generate",
  summary:
    "Writes what is made of something else: runbooks/sections.ts, the marked blocks of the runbooks, and the tables of the README.",
  options: {},
  examples: [""],
} as const satisfies CommandDescription;

/** `npm run generate`: writes the sections file and the marked blocks of the runbooks; a second run changes nothing. */
export function main(): Promise<number> {
  const root = join(__dirname, "..");
  const sections = writeSections(root);
  if (sections.length > 0) console.log(`Wrote ${sections.join(", ")}.`);
  const blocks = [...writeBlocks(root, loadModel(root)), ...writeReadme(root)];
  if (blocks.length > 0) console.log(`Wrote ${blocks.join(", ")}.`);
  if (sections.length + blocks.length === 0) console.log("Everything generated is up to date.");
  return Promise.resolve(0);
}

function writeReadme(root: string): readonly string[] {
  const path = join(root, "README.md");
  const before = readFileSync(path, "utf8");
  const text = rewriteCommandTable(rewriteSettingsTable(before, loadSettingDeclarations(root)), loadDescriptions(root));
  if (text === before) return [];
  writeFileSync(path, text);
  return ["README.md"];
}

function loadModel(root: string): Model {
  // Not before the sections are written: the services read them when they are loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
  return (require("../project") as typeof project).loadProject(root);
}
