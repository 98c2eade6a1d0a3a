import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

/** What tests need built, each with a module here that gives it to them; in the order in which building them shares most. */
export const tools = ["engine", "promtool", "prometheus", "alertmanager", "actionlint", "kubectl-validate", "browser"] as const;
export type Tool = (typeof tools)[number];

/**
 * The tools that test files need: those whose modules they import, themselves or through others of tests/. Without that import a
 * test has no tool, so the need of none can be forgotten.
 */
export function neededTools(files: readonly string[]): readonly Tool[] {
  const reached = new Set<string>();
  for (const file of files) reach(resolve(file), reached);
  return tools.filter((tool) => reached.has(join(__dirname, `${tool}.ts`)));
}

function reach(file: string, reached: Set<string>): void {
  if (reached.has(file)) return;
  reached.add(file);
  for (const imported of importsOf(file)) reach(imported, reached);
}

// Only what lies in tests/: the program itself provides tools too, to those who run its commands.
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  return importedFiles.flatMap(({ fileName }) => {
    const path = `${join(dirname(file), fileName)}.ts`;
    if (fileName.endsWith(".json")) return [];
    return fileName.startsWith(".") && path.startsWith(join(__dirname, "..", "/")) ? [path] : [];
  });
}
