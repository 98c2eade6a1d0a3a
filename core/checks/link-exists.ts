import { posix } from "node:path";
import { unescape } from "node:querystring";
import { indexOf, type Model } from "../model/model";
import { once } from "../model/once";
import { pageAddresses, pageOfLink } from "../model/page-addresses";
import { anchorsOfHeadings, type Renderer } from "../model/renderer";
import type { RunbookDocument } from "../model/runbook";
import { runbookSubject } from "../model/section-content";
import { didYouMean } from "../model/suggestion";
import { problem, type Check, type Problem } from "./check";

/** No link from one runbook to another, or to a file beside it, is dead. */
export const linkExists: Check = {
  id: "link-exists",
  description:
    "Relative links and images in runbooks lead to what is deployed with them, fragments to a heading or an anchor of it, and references have a definition.",
  severity: "error",
  run: (model) =>
    model.runbooks.flatMap((document) => [
      ...document.links
        .filter(({ text, line }) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(text) && !isInComment(document, line, model))
        .flatMap(({ text, line }) => {
          const message = deadLink(text, document.path, model);
          return message === undefined ? [] : [problem(runbookSubject(document, line), message)];
        }),
      ...danglingReferences(document),
    ]),
};

/** Whether Docusaurus, whose comments are those of JSX, shows nothing of a line: `{/* [x](gone.md) *\/}`. */
function isInComment({ text }: RunbookDocument, line: number, { runbookRenderer }: Model): boolean {
  if (runbookRenderer !== "docusaurus" || !text.includes("{/*")) return false;
  const before = text
    .split("\n")
    .slice(0, line - 1)
    .join("\n");
  const [own = ""] = text.split("\n").slice(line - 1, line);
  return before.lastIndexOf("{/*") > before.lastIndexOf("*/}") || /^\s*\{\/\*.*\*\/\}\s*$/.test(own);
}

/** References without a definition, and the other way round. */
export function danglingReferences(document: RunbookDocument): readonly Problem[] {
  return [
    ...document.undefinedReferences.map(({ text, line }) =>
      problem(
        runbookSubject(document, line),
        text.startsWith("[^")
          ? `"${text}" is no footnote: nothing defines it. Add the line ${text}: words.`
          : `"${text}" is no link: nothing defines its reference. Write [words](address), or add the line [reference]: address.`,
      ),
    ),
    ...document.unusedFootnotes.map(({ text, line }) =>
      problem(
        runbookSubject(document, line),
        `the footnote ${text} is not shown: nothing refers to it. Write ${text} where it belongs, or take it out.`,
      ),
    ),
  ];
}

function deadLink(link: string, from: string, model: Model): string | undefined {
  const { documents } = indexOf(model);
  const [address = "", fragment] = link.split("#", 2);
  const [target = ""] = address.split("?", 1);
  // A page of the site that shows the runbooks, such as "/docs/on-call", is nothing that this program deploys.
  if ((target.startsWith("/") && !target.endsWith(".md")) || target.startsWith("@site/")) return undefined;
  const path = target === "" ? from : pathOf(unescape(target), from);
  const document = documents.get(path) ?? shownAt(target, from, model);
  if (document) return fragment === undefined ? undefined : deadFragment(link, fragment, document, model);
  const files = (model.runbookFiles ?? []).map((file) => file.path);
  if (files.includes(path)) return undefined;
  const folder = posix.join(path, "/");
  if ([...documents.keys(), ...files].some((file) => folder === "./" || file.startsWith(folder))) return undefined;
  return `links to "${link}", but there is no runbooks/${path}.${didYouMean(path, [...documents.keys(), ...files])}`;
}

/** What is shown at the address to which a link leads, where pages have addresses of their own: `../deployment/#impact`. */
function shownAt(target: string, from: string, model: Model): RunbookDocument | undefined {
  const { documents, runbookRenderer: renderer } = indexOf(model);
  if (/\.\w+$/.test(target)) return undefined;
  const page = pageOfLink(target, documents.get(from) ?? { path: from }, { pages: pagesOf(model), renderer });
  return page === undefined ? undefined : documents.get(page);
}

const pagesOf = once(({ runbooks, runbookRenderer = "github" }: Model) => pageAddresses(runbooks, runbookRenderer));

/** Of a link that begins with a slash, from the root of the repository. */
function pathOf(target: string, from: string): string {
  return target.startsWith("/") ? posix.relative("/runbooks", posix.normalize(target)) : posix.join(posix.dirname(from), target);
}

/** The anchors of a document's headings, by what shows it. */
const anchorsOf = once(({ headings }: RunbookDocument) => {
  const known = new Map<Renderer, readonly string[]>();
  return (renderer: Renderer): readonly string[] => {
    const anchors = known.get(renderer) ?? anchorsOfHeadings(headings, renderer).filter((anchor) => anchor !== "");
    known.set(renderer, anchors);
    return anchors;
  };
});

function deadFragment(link: string, fragment: string, document: RunbookDocument, { runbookRenderer }: Model): string | undefined {
  const renderer = runbookRenderer ?? "github";
  const slugs = renderer === "github" ? document.headings.map(({ slug }) => slug) : anchorsOf(document)(renderer);
  // Behind ":~:" a browser looks for words; "user-content-" is what GitHub and GitLab write before the anchors of a file.
  const name = unescape(fragment.replace(/:~:.*$/, "")).replace(
    renderer === "github" || renderer === "gitlab" ? /^user-content-/ : /$^/,
    "",
  );
  // Every browser takes an empty fragment and "top" for the top of the page.
  if (name === "" || name.toLowerCase() === "top" || slugs.includes(name) || document.anchors.includes(name)) return undefined;
  const [, first, last = first] = /^L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?$/.exec(name) ?? [];
  const lines = document.text.trimEnd().split("\n").length;
  if (first !== undefined && Number(first) > 0 && Number(last) <= lines) return undefined;
  if (first !== undefined) return `links to "${link}", but runbooks/${document.path} has ${lines} lines.`;
  return `links to "${link}", but runbooks/${document.path} has no heading "${fragment}".${didYouMean(fragment, [...slugs, ...document.anchors])}`;
}
