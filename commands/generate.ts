import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeBlocks, writeSections } from "../library/generated";
import { configurationJsonSchema } from "../core/load/files/configuration";
import { loadRunbooks } from "../core/load/runbooks";
import { loadSettingDeclarations } from "../core/load/stack-file";
import type { Model } from "../core/model/model";
import type * as project from "../project";
import { withStackValues } from "../core/render/runbook-values";
import { rewriteSettingsTable } from "../core/render/settings-table";
import type { CommandDescription } from "../machine/terminal/command";
import { loadDescriptions, rewriteCommandTable } from "../machine/terminal/command-table";

/** What is to be known of `generate`. */
export const description = {
  name: "generate",
  summary:
    "Writes what is made of something else: runbooks/sections.ts, the marked blocks of the runbooks, the tables of the README, the schema of chain.yaml.",
  options: {},
  examples: [""],
} as const satisfies CommandDescription;

/** `npm run generate`: writes the sections file and the marked blocks of the runbooks; a second run changes nothing. */
export function main(): Promise<number> {
  const root = join(__dirname, "..");
  const sections = writeSections(root);
  if (sections.length > 0) console.log(`Wrote ${sections.join(", ")}.`);
  const model = loadModel(root);
  const blocks = [
    ...new Set([...writeBlocks(root, model), ...writeValues(root, model), ...writeReadme(root), ...writeSchema(root)]),
  ];
  if (blocks.length > 0) console.log(`Wrote ${blocks.join(", ")}.`);
  if (sections.length + blocks.length === 0) console.log("Everything generated is up to date.");
  return Promise.resolve(0);
}

/** The values of a stack that sets nothing: whoever reads the runbooks in the repository sees what a command needs. */
function writeValues(root: string, model: Model): readonly string[] {
  const defaults = Object.fromEntries(loadSettingDeclarations(root).map((setting) => [setting.key, setting.default]));
  const runbooks = loadRunbooks(root);
  const written = withStackValues(
    { ...model, runbooks },
    {
      monitoringNamespace: String(defaults["monitoringNamespace"]),
      prometheusService: String(defaults["prometheusService"]),
    },
  );
  return written
    .filter((document, index) => document !== runbooks[index])
    .map(({ path, text }) => {
      writeFileSync(join(root, "runbooks", path), text);
      return `runbooks/${path}`;
    });
}

/** Editors check and complete chain.yaml by it. */
function writeSchema(root: string): readonly string[] {
  const path = join(root, "library", "chain.schema.json");
  const text = configurationJsonSchema();
  if (existsSync(path) && readFileSync(path, "utf8") === text) return [];
  writeFileSync(path, text);
  return ["library/chain.schema.json"];
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
