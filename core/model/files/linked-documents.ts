import type { Model } from "../model";
import type { RunbookDocument } from "../runbook";
import { documentLink } from "./document-link";
import type { LoadedFiles } from "./loaded";
import { runbookLink } from "./runbook-link";

/** The documents whose headings are known, by path: those that the configuration names, and those that only a link names. */
export function documentsOf({ runbooks }: Model, { linked }: LoadedFiles): ReadonlyMap<string, RunbookDocument> {
  return new Map([...linked, ...runbooks].map((document) => [document.path, document]));
}

/** The Markdown files of the repository to whose headings documents or alerts lead, although the configuration does not name them. */
export function pathsOfLinkedOnly({ runbooks }: Model, files: LoadedFiles): readonly string[] {
  const named = new Set(runbooks.map(({ path }) => path));
  const paths = [
    ...runbooks.flatMap(({ path, links }) => links.flatMap(({ text }) => documentLink(text, path, files) ?? [])),
    ...files.rules.flatMap((rule) => runbookLink(rule, files) ?? []),
  ].map(({ path }) => path);
  return [...new Set(paths)].filter((path) => /\.(md|markdown)$/i.test(path) && files.files.has(path) && !named.has(path));
}
