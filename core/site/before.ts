import { addressOf, linkBetween } from "./address";
import { addressBefore } from "./comparison";
import type { Files } from "./content";
import { html } from "./html";

/** A site that an earlier commit made, as a part of the later one: each of its pages says that it is the former one. */
export function standingBefore(files: Files, base: string): Files {
  return new Map(
    [...files].map(([name, content]): [string, string | Uint8Array] => {
      const { file } = addressBefore({ file: name });
      return [file, typeof content === "string" && name.endsWith(".html") ? markPage(file, content, base) : content];
    }),
  );
}

/** Whatever that commit's pages look like: they have a title, and an element `main`. */
function markPage(file: string, page: string, base: string): string {
  const changes = linkBetween(file, addressOf.changes());
  const banner = html`<p class="bad">As it was, in ${base}. <a href="${changes}">What changes</a></p>`;
  return page.replace("<title>", "<title>Before: ").replace(/<main\b[^>]*>/, (main) => `${main}\n${banner.html}`);
}
