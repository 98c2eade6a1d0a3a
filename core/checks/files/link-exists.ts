import { posix } from "node:path";
import { htmlAnchors } from "../../model/files/runbook-link";
import type { LoadedFiles } from "../../model/files/loaded";
import { indexOf, type ModelIndex } from "../../model/model";
import { runbookSubject } from "../../model/section-content";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";

/** No link from one document to another file of the repository is dead. */
export const linkExists: Check = {
  id: "link-exists",
  description:
    "Relative links in documents lead to a file or a folder that exists, and their fragments to a heading or an anchor.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files) return [];
    const index = indexOf(model);
    const folders = foldersOf(files.files);
    return model.runbooks.flatMap((document) =>
      document.links
        .filter(({ text }) => text !== "" && !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(text) && !/[{}<>$]/.test(text))
        .flatMap(({ text, line }) => {
          const message = deadLink(text, document.path, { index, files, folders });
          return message === undefined ? [] : [problem(runbookSubject(document, line), message)];
        }),
    );
  },
};

interface Known {
  readonly index: ModelIndex;
  readonly files: LoadedFiles;
  readonly folders: ReadonlySet<string>;
}

function deadLink(link: string, from: string, { index, files, folders }: Known): string | undefined {
  const [address = "", fragment] = link.split("#", 2);
  const target = decoded(address.replace(/\?.*$/, ""));
  const path =
    target === "" ? from : posix.normalize(target.startsWith("/") ? target.slice(1) : posix.join(posix.dirname(from), target));
  if (path.startsWith("..")) return undefined; // out of the repository
  // A site's address, not a file of the repository.
  if (target.startsWith("/") && !/\.\w+$/.test(target)) return undefined;
  const document = index.documents.get(path);
  const folder = path.replace(/\/$/, "");
  if (!document && !files.files.has(path) && !folders.has(folder) && !files.files.has(`${path}.md`) && folder !== ".") {
    return `links to "${link}", but there is no ${path}.${didYouMean(path, index.documents.keys())}`;
  }
  if (!document || fragment === undefined || fragment === "" || fragment === "top" || /^L\d+/.test(fragment)) return undefined;
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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
