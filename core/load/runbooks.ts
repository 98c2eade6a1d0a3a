import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { unescape } from "node:querystring";
import type { Model } from "../model/model";
import type { RunbookDocument, RunbookFile } from "../model/runbook";
import { readMarkdown } from "./markdown";
import { decodeText } from "./text-file";

/** Where the generated sections stand, from the project's root. */
export const sectionsPath = "runbooks/sections.ts";

/** What a model knows of the folder `runbooks/`. */
export type RunbookFolder = Required<Pick<Model, "runbooks" | "runbookFiles" | "unreadableRunbooks">>;

/**
 * Reads every Markdown file below `runbooks/`, in the order of their paths, with what they link to beside them. Whatever
 * is no plain file of that folder is not read: a symbolic link would publish what lies elsewhere on this machine.
 * @throws Error when there is no such folder.
 */
export function loadRunbookFolder(projectRoot: string): RunbookFolder {
  const folder = join(projectRoot, "runbooks");
  if (!existsSync(folder)) {
    throw new Error(`There is no folder ${folder}: put it beside Pulumi.yaml, with the runbooks in runbooks/<service>/.`);
  }
  const paths = pathsBelow(folder)
    .filter((path) => path.includes("/") || isLink(folder, path))
    .sort();
  const read = paths.filter((path) => path.endsWith(".md") || isLink(folder, path)).map((path) => readRunbook(folder, path));
  const runbooks = read.flatMap((result) => ("document" in result ? [result.document] : []));
  const linked = new Set(runbooks.flatMap(linksBeside));
  return {
    runbooks,
    unreadableRunbooks: read.flatMap((result) => ("why" in result ? [result] : [])),
    runbookFiles: paths
      .filter((path) => linked.has(path) && !path.endsWith(".md") && lstatSync(join(folder, path)).isFile())
      .map((path): RunbookFile => ({ path, base64: readFileSync(join(folder, path)).toString("base64") })),
  };
}

/** Everything below a folder, as paths with slashes. Node's own recursive listing follows symbolic links to folders. */
function pathsBelow(folder: string, parent = ""): readonly string[] {
  return readdirSync(join(folder, parent), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(parent, entry.name);
    return entry.isDirectory() ? [path, ...pathsBelow(folder, path)] : [path];
  });
}

/** The Markdown files below `runbooks/`, in the order of their paths. */
export function loadRunbooks(projectRoot: string): readonly RunbookDocument[] {
  return loadRunbookFolder(projectRoot).runbooks;
}

type ReadRunbook = { readonly document: RunbookDocument } | { readonly path: string; readonly why: string };

function readRunbook(folder: string, path: string): ReadRunbook {
  const file = join(folder, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  // What was listed and is not there has a name whose bytes are no text.
  if (!stats) return { path, why: "has a name that is no UTF-8. Rename it." };
  if (stats.isSymbolicLink()) return { path, why: whyLinkIsRefused(folder, file) };
  if (!stats.isFile()) return { path, why: "is no file, though its name ends in .md. Rename it." };
  const decoded = decodeText(readFileSync(file));
  return "fault" in decoded
    ? { path, why: `is no text: it ${decoded.fault}. Save it as UTF-8.` }
    : { document: readMarkdown(path, decoded.text) };
}

function isLink(folder: string, path: string): boolean {
  return lstatSync(join(folder, path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function whyLinkIsRefused(folder: string, file: string): string {
  try {
    const target = realpathSync(file);
    const isWithin = target.startsWith(realpathSync(folder) + sep);
    return `is a symbolic link${isWithin ? "" : " out of runbooks/"}, and links are not followed: what they lead to would be published. Put the file itself there.`;
  } catch {
    return "is a symbolic link that leads nowhere. Put a file there.";
  }
}

/** The files beside a runbook to which it links. */
function linksBeside({ path, links }: RunbookDocument): readonly string[] {
  return links
    .filter(({ text }) => !/^([a-z][a-z0-9+.-]*:|\/|#|\?)/i.test(text))
    .map(({ text }) => posix.join(posix.dirname(path), unescape(text.split(/[?#]/, 1)[0] ?? "")));
}

/** The generated sections file as it is on disk, with plain line ends; empty when there is none yet. */
export function loadSectionsFile(projectRoot: string): string {
  const file = join(projectRoot, sectionsPath);
  return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : "";
}
