import { frontMatterOf } from "./front-matter";
import { sectionAddress, type Renderer } from "./renderer";

/** Markdown files by the address under which a renderer shows them, without a slash at its end. */
export type PageAddresses = ReadonlyMap<string, string>;

/** The addresses of some files, where the renderer gives them others than their paths. What a text is unknown of has no front matter. */
export function pageAddresses(
  files: Iterable<{ readonly path: string; readonly text?: string }>,
  renderer: Renderer,
): PageAddresses {
  const pages = new Map<string, string>();
  if (renderer !== "mkdocs" && renderer !== "docusaurus") return pages;
  for (const { path, text } of files) pages.set(addressOf(path, text, renderer), path);
  return pages;
}

/** The file to whose address a link of another file leads, as a browser follows it; undefined where it leads to none. */
export function pageOfLink(
  link: string,
  from: { readonly path: string; readonly text?: string },
  { pages, renderer }: { readonly pages: PageAddresses; readonly renderer: Renderer },
): string | undefined {
  if (pages.size === 0 || !URL.canParse(link, "http://page")) return undefined;
  // MkDocs shows a page as a folder, Docusaurus in either way.
  return (renderer === "mkdocs" ? ["/"] : ["", "/"])
    .map((end) => new URL(link, `http://page/${addressOf(from.path, from.text, renderer)}${end}`).pathname)
    .map((path) => pages.get(withoutSlashes(path)))
    .find((path) => path !== undefined);
}

function addressOf(path: string, text: string | undefined, renderer: Renderer): string {
  const frontMatter = text === undefined ? {} : frontMatterOf(text);
  return withoutSlashes(sectionAddress({ path, anchor: "", frontMatter }, renderer));
}

function withoutSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
