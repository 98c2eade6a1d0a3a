import { once } from "../once";
import { pageAddresses, type PageAddresses } from "../page-addresses";
import type { RunbookDocument } from "../runbook";
import type { LoadedFiles, LoadedRule } from "./loaded";

/** Where an alert's runbook_url leads in the repository; undefined where it leads elsewhere, or cannot be told. */
export interface RunbookLink {
  readonly path: string;
  /** Empty where the link has none. */
  readonly slug: string;
  /** Which annotation holds it. */
  readonly annotation: string;
}

const annotations = ["runbook_url", "runbook", "runbookUrl", "runbook_link", "playbook"];

/** The annotation that says where an alert's runbook is. */
export function runbookAnnotation({ annotations: all }: LoadedRule): string | undefined {
  return annotations.find((key) => (all[key] ?? "") !== "");
}

/** Reads an alert's runbook_url: a path of the repository, alone or behind one of the configured addresses. */
export function runbookLink(rule: LoadedRule, files: LoadedFiles): RunbookLink | undefined {
  const annotation = runbookAnnotation(rule);
  const url = runbookAddress(rule);
  if (annotation === undefined || url === undefined) return undefined;
  const [target = "", slug = ""] = url.replace(/\?[^#]*/, "").split("#", 2);
  const isPath = !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url) && /\.(md|markdown)$/i.test(target);
  const path = pathBehindAddress(target, files) ?? (isPath ? pathOf(target, files) : undefined);
  return path === undefined ? undefined : { path, slug: decoded(slug), annotation };
}

/** The file behind one of the configured addresses; undefined where an address is none of these. */
export function pathBehindAddress(address: string, files: LoadedFiles): string | undefined {
  const [base] = files.runbookUrls.filter((prefix) => address.startsWith(prefix)).sort((a, b) => b.length - a.length);
  return base === undefined ? undefined : pathOf(address.slice(base.length), files);
}

function pathOf(target: string, files: LoadedFiles): string {
  return resolved(decoded(target).replace(/^\.?\//, ""), files);
}

/** An alert's runbook_url as it is written, with its name and labels filled in; undefined where it is a template of more. */
export function runbookAddress(rule: LoadedRule): string | undefined {
  const annotation = runbookAnnotation(rule);
  return expanded(annotation === undefined ? "" : (rule.annotations[annotation] ?? "").trim(), rule);
}

/** Of a wiki's address, the `.md` is left out; of a page's, the `.html` stands for it, or a slash. */
function resolved(path: string, files: LoadedFiles): string {
  if (files.files.has(path)) return path;
  const plain = path.replace(/\/$/, "");
  const pages = pagesOf(files);
  const tried = [`${plain}.md`, path.replace(/\.html$/, ".md"), `${plain}/README.md`, `${plain}/index.md`];
  // Generators of pages keep them below docs/, which no address of a page has.
  const shown = [pages.get(plain), pages.get(`docs/${plain}`)];
  return tried.find((other) => files.files.has(other)) ?? shown.find((page) => page !== undefined) ?? path;
}

/** The Markdown files by their addresses, where these are others than their paths. */
export const pagesOf = once(({ files, runbookRenderer }: LoadedFiles): PageAddresses =>
  pageAddresses(
    [...files].filter((path) => path.endsWith(".md")).map((path) => ({ path })),
    runbookRenderer,
  ),
);

/** `{{ $labels.alertname }}` and the rule's own labels can be told; another template cannot. */
function expanded(text: string, { name, labels }: LoadedRule): string | undefined {
  const plain = text.replace(/\{\{-?\s*\$labels\.(\w+)\s*(?:\|\s*toLower\s*)?-?\}\}/g, (whole, label: string) => {
    const value = label === "alertname" ? name : labels[label];
    return value === undefined ? whole : whole.includes("toLower") ? value.toLowerCase() : value;
  });
  return plain.includes("{{") ? undefined : plain;
}

/** A part of an address without its percent signs; as it is where they are none of an encoding. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Anchors that are written as HTML: `<a id="x">`, `<a name="x">`. */
export function htmlAnchors({ text }: RunbookDocument): readonly string[] {
  return [...text.matchAll(/<[a-z][^>]*\s(?:id|name)\s*=\s*["']?([^"'\s>]+)/gi)].map(([, id = ""]) => id);
}
