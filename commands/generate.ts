import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSettingDeclarations } from "../load/stack-file";
import type * as project from "../project";
import { loadRunbooks, loadSectionsFile, sectionsPath } from "../load/runbooks";
import { rewriteBlocks } from "../render/runbook-blocks";
import { renderSectionsFile } from "../render/sections-file";
import { rewriteSettingsTable } from "../render/settings-table";

/** `npm run generate`: writes the sections file and the marked blocks of the runbooks; a second run changes nothing. */
export function main(): Promise<number> {
  const root = join(__dirname, "..");
  const sections = writeSections(root);
  if (sections.length > 0) console.log(`Wrote ${sections.join(", ")}.`);
  const blocks = [...writeBlocks(root), ...writeReadme(root)];
  if (blocks.length > 0) console.log(`Wrote ${blocks.join(", ")}.`);
  if (sections.length + blocks.length === 0) console.log("Everything generated is up to date.");
  return Promise.resolve(0);
}

function writeSections(root: string): readonly string[] {
  const text = renderSectionsFile(loadRunbooks(root));
  if (text === loadSectionsFile(root)) return [];
  writeFileSync(join(root, sectionsPath), text);
  return [sectionsPath];
}

function writeReadme(root: string): readonly string[] {
  const path = join(root, "README.md");
  const before = readFileSync(path, "utf8");
  const text = rewriteSettingsTable(before, loadSettingDeclarations(root));
  if (text === before) return [];
  writeFileSync(path, text);
  return ["README.md"];
}

function writeBlocks(root: string): readonly string[] {
  // Not before the sections are written: the services read them when they are loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
  const { loadProject } = require("../project") as typeof project;
  const model = loadProject(root);
  return model.runbooks.flatMap((document) => {
    const text = rewriteBlocks(model, document);
    if (text === document.text) return [];
    const path = `runbooks/${document.path}`;
    writeFileSync(join(root, path), text);
    return [path];
  });
}
