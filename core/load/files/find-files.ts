import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";

/** Folders in which nobody keeps what an on-call engineer reads. */
const skipped = new Set(["node_modules", ".git", ".hg", ".svn", ".terraform", ".venv", "__pycache__"]);

/**
 * Every file below a folder, by its path with slashes, in order. A link is followed once: one that leads back above
 * itself, or to where the walk has been, ends there.
 */
export function listFiles(root: string): readonly string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = (folder: string): void => {
    const real = quietly(() => realpathSync(join(root, folder)));
    if (real === undefined || seen.has(real)) return;
    seen.add(real);
    for (const entry of quietly(() => readdirSync(join(root, folder), { withFileTypes: true })) ?? []) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const kind = kindOf(root, path, entry);
      if (kind === "folder" && !skipped.has(entry.name)) visit(path);
      if (kind === "file") found.push(path);
    }
  };
  visit("");
  return found.sort();
}

/** The files that one of the globs matches. A glob that begins with `!` takes files away. */
export function matching(files: readonly string[], globs: readonly string[]): readonly string[] {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(clean);
  if (wanted.length === 0) return [];
  const is = picomatch(wanted, {
    dot: true,
    ignore: globs.filter((glob) => glob.startsWith("!")).map((glob) => clean(glob.slice(1))),
  });
  return files.filter((file) => is(file));
}

function clean(glob: string): string {
  return glob.replace(/^\.\//, "");
}

function kindOf(root: string, path: string, entry: Dirent): "file" | "folder" | undefined {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return undefined;
  const target = quietly(() => statSync(join(root, path)));
  return target?.isDirectory() === true ? "folder" : target?.isFile() === true ? "file" : undefined;
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // gone meanwhile, or not for us to read
  }
}
