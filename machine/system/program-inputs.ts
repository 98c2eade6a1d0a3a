import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// What no program reads: a change there changes nothing that is deployed.
const unread = new Set([".cache", ".local", ".git", ".github", "tests", "docs", "examples"]);
// What is installed and what is built, wherever it lies: the lock file and the sources stand for them.
const derived = new Set(["node_modules", "dist"]);

/** Whether a stack may be deployed from a file, a path relative to the project: not from another stack's, nor from a text for people. */
export function isInput(path: string, stackName: string): boolean {
  const [top = "", ...below] = path.split(/[\\/]/);
  if ([top, ...below].some((name) => derived.has(name))) return false;
  if (below.length > 0) return !unread.has(top);
  if (/^Pulumi\..+\.yaml$/.test(top)) return top === `Pulumi.${stackName}.yaml`;
  // At the top there are texts for people, and what npm run preview writes; the runbooks are below.
  return !/\.md$|^preview\.json$/.test(top);
}

/** A hash of everything from which a stack is deployed: the program, its runbooks, its packages and this stack's settings. */
export function hashInputs(projectRoot: string, stackName: string): string {
  return hashFiles(
    projectRoot,
    findFiles(projectRoot).filter((path) => isInput(path, stackName)),
  );
}

/** The files of a project that a program may read, as paths relative to it, sorted. */
export function findFiles(projectRoot: string, folder = ""): readonly string[] {
  const entries = readdirSync(join(projectRoot, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return derived.has(entry.name) || unread.has(path) ? [] : findFiles(projectRoot, path);
    return entry.isFile() ? [path] : [];
  });
}

/** One hash of the names and contents of files; one that is not there counts as that. */
export function hashFiles(projectRoot: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    const file = join(projectRoot, path);
    if (existsSync(file)) hash.update(`${path}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
