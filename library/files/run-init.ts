import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "../../core/load/files/find-files";
import { readText } from "../../core/load/files/read-text";
import { surveyRepository } from "../../core/load/files/survey";
import { renderConfiguration } from "../../core/render/configuration-file";
import { UsageError } from "../../machine/system/user-error";
import type { CommandDescription } from "../../machine/terminal/command";
import { defaultConfiguration } from "./read-configuration";

/** Where editors find the schema of chain.yaml in a project that has installed the package. */
const schema = "./node_modules/@dark-tower/observability/chain.schema.json";

/** What is to be known of `init`. */
export const initDescription = {
  name: "init",
  summary: "Looks for rules, dashboards, runbooks and what is beside them, and writes chain.yaml.",
  words: [{ word: "<folder>", help: "the repository; without it: this folder" }],
  options: {},
  examples: ["", "../ops"],
} as const satisfies CommandDescription;

/** Writes chain.yaml into a folder, and tells what was found and what could not be placed. */
export function runInit(folder = "."): number {
  const path = join(folder, defaultConfiguration);
  if (existsSync(path)) throw new UsageError(`${path} is there already. Remove it to have it written anew.`);
  const survey = surveyRepository({ files: listFiles(folder), read: (file) => readText(folder, file) });
  const found = Object.entries(survey.counts).filter(([, count]) => count > 0);
  if (found.length === 0 && survey.metrics.length === 0) {
    console.log(
      "Nothing was found: no rule files, no dashboards, no Markdown in a folder of runbooks. Write chain.yaml by hand.",
    );
    return 2;
  }
  writeFileSync(path, renderConfiguration(survey, schema));
  const rows = [
    ...found.map(([kind, count]) => [
      kind,
      String(count),
      Object.entries(survey.globs)
        .find(([name]) => name === kind)?.[1]
        .join(", ") ?? "",
    ]),
    ...survey.metrics.map(({ as, count, files }) => [`metrics (${as})`, String(count), files]),
  ];
  const width = Math.max(...rows.map(([kind = ""]) => kind.length));
  console.log(
    `Wrote ${path}.\n\nFound:\n${rows.map(([kind = "", count = "", globs = ""]) => `  ${kind.padEnd(width)}  ${count.padStart(4)} files  ${globs}`).join("\n")}`,
  );
  if (survey.unplaced.length > 0)
    console.log(
      `\nCould not be placed:\n${survey.unplaced
        .slice(0, 20)
        .map(({ file, why }) => `  ${file} ${why}`)
        .join("\n")}`,
    );
  const missing = [
    ...(survey.counts.runbooks === 0 ? ["runbooks (Markdown in a folder called runbooks)"] : []),
    ...(survey.metrics.length === 0 ? ["metrics (what /metrics answers, a catalog, or code with a metrics library)"] : []),
  ];
  if (missing.length > 0) console.log(`\nNot found: ${missing.join("; ")}. Name them by hand if there are any.`);
  console.log(`\nNext: chain check${folder === "." ? "" : ` --config ${path}`}`);
  return 0;
}
