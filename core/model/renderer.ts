import { posix } from "node:path";
import GithubSlugger from "github-slugger";

/**
 * What shows the runbooks to people. Each makes other anchors of a heading, and other addresses of a file. Our own pages
 * are as GitHub's.
 */
export const renderers = ["github", "gitlab", "mkdocs", "docusaurus"] as const;

export type Renderer = (typeof renderers)[number];

/** The anchors of a page's headings, in their order: each title as words, without markup. */
export function headingAnchors(titles: readonly string[], renderer: Renderer = "github"): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return titles.map((whole) => {
    const attributes = ownAttributes[renderer]?.exec(whole);
    const own = attributes?.groups?.["id"]?.trim();
    const title = whole.slice(0, attributes?.index);
    const anchor =
      own ?? (renderer === "mkdocs" ? uniqueInMkdocs(mkdocsSlug(title), taken) : uniqueByCount(title, renderer, counts));
    taken.add(anchor);
    return anchor;
  });
}

/** The anchors of a file's headings; empty for those in raw HTML, to which only GitHub gives any. */
export function anchorsOfHeadings(
  headings: readonly { readonly title: string; readonly shown?: string; readonly isHtml?: true }[],
  renderer: Renderer,
): readonly string[] {
  const isAnchored = ({ isHtml }: (typeof headings)[number]): boolean => renderer === "github" || isHtml !== true;
  const anchors = headingAnchors(
    headings.filter(isAnchored).map((heading) => textFor(heading, renderer)),
    renderer,
  );
  let next = 0;
  return headings.map((heading) => (isAnchored(heading) ? (anchors[next++] ?? "") : ""));
}

/** Python-Markdown leaves the words of images out, as GitHub does. */
function textFor({ title, shown = title }: { readonly title: string; readonly shown?: string }, renderer: Renderer): string {
  if (renderer === "github") return title;
  return renderer === "mkdocs" ? title.replace(/\[\^[^[\]\s]+\]/g, "") : shown;
}

/** Attributes behind a title, as Docusaurus has them, `Impact {#impact}`, and attr_list of MkDocs, `Impact { #impact .wide }`. */
const ownAttributes: Partial<Record<Renderer, RegExp>> = {
  docusaurus: /\s*\{#(?<id>(?:.(?!\{#|\}))*.)\}$/,
  mkdocs: /\s+\{(?::|(?=\s*[.#]))(?:[^}#]*#(?<id>[^\s}]+))?[^}]*\}\s*$/,
};

/** A section of a Markdown file. */
export interface ShownSection {
  readonly path: string;
  /** Of the whole page where it is empty. */
  readonly anchor: string;
  /** What the file's front matter says. Nothing when left out. */
  readonly frontMatter?: Readonly<Record<string, string>>;
}

/** The path and the fragment under which a renderer shows a section; both percent-encoded. */
export function sectionAddress({ path, anchor, frontMatter = {} }: ShownSection, renderer: Renderer = "github"): string {
  const fragment = anchor === "" ? "" : `#${encodeURIComponent(anchor)}`;
  return pagePath(path, frontMatter, renderer).split("/").map(encodeURIComponent).join("/") + fragment;
}

function pagePath(path: string, { slug, id }: Readonly<Record<string, string>>, renderer: Renderer): string {
  if (renderer === "github" || renderer === "gitlab") return path;
  const page = path.replace(/\.md$/, "");
  if (renderer === "mkdocs") return /(^|\/)(index|README)$/.test(page) ? page.replace(/(index|README)$/, "") : `${page}/`;
  // Docusaurus leaves out a number by which files are sorted, as in `01-first.md`.
  const words = page.split("/").map((part) => part.replace(/^\d+\s*[-_.]+\s*(?=[^\d\s._-])/, ""));
  // A page may say its own address, from the root or from its folder, or its own last word.
  if (slug !== undefined && slug !== "")
    return posix.join("/", slug.startsWith("/") ? "" : words.slice(0, -1).join("/"), slug).slice(1);
  const name = words.at(-1)?.toLowerCase() ?? "";
  const isOfFolder = name === "index" || name === "readme" || name === words.at(-2)?.toLowerCase();
  return [...words.slice(0, -1), ...(isOfFolder ? [] : [id ?? words.at(-1) ?? ""])].join("/");
}

function uniqueByCount(title: string, renderer: Renderer, counts: Map<string, number>): string {
  const slug = renderer === "gitlab" ? gitlabSlug(title) : renderer === "github" ? githubSlug(title) : GithubSlugger.slug(title);
  let anchor = slug;
  while (counts.has(anchor)) {
    const count = (counts.get(slug) ?? 0) + 1;
    counts.set(slug, count);
    anchor = `${slug}-${count}`;
  }
  counts.set(anchor, 0);
  return anchor;
}

/** GitHub keeps what joins the parts of an emoji; the library, which knows the rest of its rules, leaves it out. */
function githubSlug(title: string): string {
  return title
    .split(/([\u200C\u200D])/)
    .map((part) => (/^[\u200C\u200D]$/.test(part) ? part : GithubSlugger.slug(part)))
    .join("");
}

/** That of comrak (src/html/anchorizer.rs), which renders Markdown for GitLab since 17.0. Dashes in a row stay; older ones made one of them. */
function gitlabSlug(title: string): string {
  return title
    .replaceAll("\n", " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** The default of Python-Markdown's extension toc. */
function mkdocsSlug(title: string): string {
  const ascii = title.normalize("NFKD").replace(/[^\p{ASCII}]/gu, "");
  return ascii
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");
}

function uniqueInMkdocs(slug: string, taken: ReadonlySet<string>): string {
  let anchor = slug;
  while (anchor === "" || taken.has(anchor)) {
    const [, words, number] = /^(.*)_(\d+)$/.exec(anchor) ?? [];
    anchor = number === undefined ? `${anchor}_1` : `${words ?? ""}_${Number(number) + 1}`;
  }
  return anchor;
}
