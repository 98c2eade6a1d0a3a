import { addressOf, type Address } from "../../core/site/address";
import { addressBefore, comparisonElement, type Comparison } from "../../core/site/comparison";

/** Where the pages of a preview can be seen. */
export type PreviewSite =
  | {
      readonly type: "published";
      /** The address of its root. */
      readonly url: string;
      /** The files of the site as it was and as it is. */
      readonly before: ReadonlySet<string>;
      readonly after: ReadonlySet<string>;
    }
  | {
      readonly type: "attached";
      /** The run that it is attached to. */
      readonly url: string;
    };

type Published = Extract<PreviewSite, { type: "published" }>;

/** What is said of the pages in the preview. */
export function describeSite(site: PreviewSite): string {
  if (site.type === "attached")
    return `Before and after, side by side: the artifact \`site\` of [this run](${site.url}). Unpack it and open \`changes/index.html\`. Nothing here leads to a page, because the site of this pull request is not published.`;
  const before = site.before.size === 0 ? "" : `, the site [before](${urlOf(site, addressBefore(addressOf.map()))})`;
  return `[Before and after, side by side](${urlOf(site, addressOf.changes())})${before}, [after](${urlOf(site, addressOf.map())}).`;
}

/** Links from a thing that changes: to both sides beside each other, and to its page on either. */
export function linkChange(text: string, comparison: Comparison | undefined, site: PreviewSite | undefined): string {
  if (!comparison || site?.type !== "published") return text;
  const { before, after } = comparison;
  const pages = [
    ...(before && site.before.has(before.file) ? [`[before](${urlOf(site, addressBefore(before))})`] : []),
    ...(after && site.after.has(after.file) ? [`[after](${urlOf(site, after)})`] : []),
  ];
  const beside = `[${text}](${urlOf(site, addressOf.changes(comparisonElement(comparison)))})`;
  return pages.length === 0 ? beside : `${beside} (${pages.join(", ")})`;
}

/** As a target of Markdown's: without brackets, spaces or pipes. */
function urlOf({ url }: Published, { file, fragment }: Address): string {
  const path = file
    .replace(/(^|\/)index\.html$/, "$1")
    .split("/")
    .map(encode)
    .join("/");
  return `${url.replace(/\/*$/, "/")}${path}${fragment === undefined ? "" : `#${encode(fragment)}`}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[()*'!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
