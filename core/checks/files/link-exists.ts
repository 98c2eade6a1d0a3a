import { documentLink, type DocumentLink } from "../../model/files/document-link";
import { documentsOf } from "../../model/files/linked-documents";
import type { LoadedFiles } from "../../model/files/loaded";
import { decoded, htmlAnchors } from "../../model/files/runbook-link";
import type { RunbookDocument } from "../../model/runbook";
import { runbookSubject } from "../../model/section-content";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";
import { danglingReferences } from "../link-exists";

/** No link from one document to another file of the repository is dead. */
export const linkExists: Check = {
  id: "link-exists",
  description:
    "Relative links in documents lead to a file or a folder that exists, their fragments to a heading or an anchor, and references have a definition.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files) return [];
    const documents = documentsOf(model, files);
    const folders = foldersOf(files.files);
    return model.runbooks.flatMap((document) => [
      ...document.links.flatMap(({ text, line }) => {
        const link = documentLink(text, document.path, files);
        const message = link && deadLink(text, link, { documents, files, folders });
        return message === undefined ? [] : [problem(runbookSubject(document, line), message)];
      }),
      ...danglingReferences(document),
    ]);
  },
};

interface Known {
  readonly documents: ReadonlyMap<string, RunbookDocument>;
  readonly files: LoadedFiles;
  readonly folders: ReadonlySet<string>;
}

function deadLink(link: string, { path, fragment = "" }: DocumentLink, { documents, files, folders }: Known): string | undefined {
  const document = documents.get(path);
  const folder = path.replace(/\/$/, "");
  if (!document && !files.files.has(path) && !folders.has(folder) && !files.files.has(`${path}.md`) && folder !== ".")
    return `links to "${link}", but there is no ${path}.${didYouMean(path, documents.keys())}`;
  if (!document || fragment === "" || fragment === "top" || /^L\d+/.test(fragment)) return undefined;
  const slugs = document.headings.map(({ slug }) => slug);
  const wanted = decoded(fragment.replace(/:~:.*$/, "")).replace(/^user-content-/, "");
  if (wanted === "") return undefined;
  if (slugs.includes(wanted) || slugs.includes(wanted.toLowerCase()) || htmlAnchors(document).includes(wanted)) return undefined;
  return `links to "${link}", but ${path} has no heading "${wanted}".${didYouMean(wanted, slugs)}`;
}

function foldersOf(files: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files)
    for (let at = file.indexOf("/"); at >= 0; at = file.indexOf("/", at + 1)) folders.add(file.slice(0, at));
  return folders;
}
