import { posix } from "node:path";
import { unescape } from "node:querystring";
import { indexOf, type ModelIndex } from "../model/model";
import { headingOf, runbookSubject } from "../model/section-content";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** No link from one runbook to another is dead. */
export const markdownLinks: Check = {
  id: "markdown-links",
  description: "Relative links in runbooks lead to a runbook that is deployed, and their fragments to a heading of it.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return model.runbooks.flatMap((document) =>
      document.links
        .filter(({ text }) => !/^[a-z][a-z0-9+.-]*:/i.test(text))
        .flatMap(({ text, line }) => {
          const message = deadLink(text, document.path, index);
          return message === undefined ? [] : [problem(runbookSubject(document, line), message)];
        }),
    );
  },
};

function deadLink(link: string, from: string, { documents }: ModelIndex): string | undefined {
  const [target = "", fragment] = link.split("#", 2);
  const path = target === "" ? from : posix.join(posix.dirname(from), unescape(target));
  const document = documents.get(path);
  if (!document) return `links to "${link}", but there is no runbooks/${path}.${didYouMean(path, documents.keys())}`;
  if (fragment === undefined || headingOf(document, unescape(fragment))) return undefined;
  const slugs = document.headings.map(({ slug }) => slug);
  return `links to "${link}", but runbooks/${path} has no heading "${fragment}".${didYouMean(fragment, slugs)}`;
}
