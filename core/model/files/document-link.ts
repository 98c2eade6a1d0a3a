import { posix } from "node:path";
import type { LoadedFiles } from "./loaded";
import { pageOfLink } from "../page-addresses";
import { decoded, pagesOf, pathBehindAddress } from "./runbook-link";

/** Where a link of a document leads in the repository. */
export interface DocumentLink {
  readonly path: string;
  /** Undefined where the link has none. */
  readonly fragment: string | undefined;
}

/** Reads a link of a document; undefined where it leads out of the repository, or cannot be told. */
export function documentLink(link: string, from: string, files: LoadedFiles): DocumentLink | undefined {
  if (link === "" || /[{}<>$]/.test(link) || link.startsWith("@site/")) return undefined;
  const [address = "", fragment] = link.split("#", 2);
  const target = address.replace(/\?.*$/, "");
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) {
    const path = pathBehindAddress(target, files);
    // A site has pages that are no files; a Markdown file is one.
    return path !== undefined && (files.files.has(path) || path.endsWith(".md")) ? { path, fragment } : undefined;
  }
  if (target === "") return { path: from, fragment };
  // A site's address, not a file of the repository.
  if (target.startsWith("/") && !/\.\w+$/.test(target)) return undefined;
  const written = decoded(target);
  const path = posix.normalize(written.startsWith("/") ? written.slice(1) : posix.join(posix.dirname(from), written));
  if (path.startsWith("..")) return undefined;
  const page = /\.\w+$/.test(target)
    ? undefined
    : pageOfLink(target, { path: from }, { pages: pagesOf(files), renderer: files.runbookRenderer });
  return { path: page ?? path, fragment };
}
