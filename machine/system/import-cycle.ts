import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The shortest circle of imports through a file, as paths from the project's root, the file first and last; undefined when there is none. */
export function findImportCycle(projectRoot: string, file: string): readonly string[] | undefined {
  const open: (readonly string[])[] = [[file]];
  const seen = new Set<string>();
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const imported of importsOf(path.at(-1) ?? file)) {
      if (imported === file) return [...path, file].map((name) => relative(projectRoot, name));
      if (!seen.has(imported)) open.push([...path, imported]);
      seen.add(imported);
    }
  }
  return undefined;
}

// Not those of types alone, which are gone when the program runs.
function importsOf(file: string): readonly string[] {
  const statements = readFileSync(file, "utf8").matchAll(/^(?:import|export)\s+(?!type\b)[^;"']*?from\s+["'](\.[^"']*)["']/gm);
  return [...statements].flatMap(([, specifier = ""]) => {
    const path = join(dirname(file), specifier);
    return [`${path}.ts`, join(path, "index.ts"), path]
      .filter((candidate) => candidate.endsWith(".ts") && existsSync(candidate))
      .slice(0, 1);
  });
}
