import { addressOf, linkBetween, type Address } from "./address";
import type { Content } from "./content";
import { html, type Html } from "./html";

/** A page before it is dressed: what it is called, where it stands, and what is on it. */
export interface Page {
  readonly address: Address;
  readonly title: string;
  readonly body: Html;
  /** Whether it has plots: only then it loads what draws them. */
  readonly hasPlots?: boolean;
  /** The ids that people have written into what it shows: the page's own are others. */
  readonly anchors?: readonly string[];
}

/** What a page may load and do: its own files, and nothing from anywhere else. The server says the same in a header. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'";

/** The file of a page. It is whole without its scripts. */
export function renderPage({ address, title, body, hasPlots = false, anchors = [] }: Page, { stack, changes }: Content): string {
  const { file } = address;
  const id = ownIds(anchors);
  const to = (target: Address): string => linkBetween(file, target);
  const asset = (name: string): string => to({ file: `assets/${name}` });
  const entries: readonly (readonly [Address, string])[] = [
    [addressOf.map(), "Map"],
    ...(changes ? [[addressOf.changes(), "Changes"] as const] : []),
    [addressOf.situations(), "Situations"],
    [addressOf.findings(), "Findings"],
    [addressOf.everything(), "Everything"],
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · ${stack}</title>
        <link rel="icon" href="${asset("icon.svg")}" />
        ${hasPlots ? html`<link rel="stylesheet" href="${asset("uplot.css")}" />` : undefined}
        <link rel="stylesheet" href="${asset("site.css")}" />
        <script src="${asset("minisearch.js")}" defer></script>
        <script src="${asset("search.js")}" defer></script>
        <script src="${asset("copy.js")}" defer></script>
        ${
          hasPlots
            ? html`<script src="${asset("uplot.js")}" defer></script>
                <script src="${asset("plots.js")}" defer></script>`
            : undefined
        }
      </head>
      <body>
        <a class="skip" href="#${id("content")}">To the content</a>
        <header>
          <nav aria-label="Site">
            ${entries.map(([target, text]) => html`<a href="${to(target)}" ${target.file === file ? html` aria-current="page"` : undefined}>${text}</a>`)}
          </nav>
          <div
            class="search"
            role="search"
            data-index="${asset("search.json")}"
            data-root="${to({ file: "index.html" }).replace(/index\.html$/, "")}"
            hidden
          >
            <label for="${id("search")}">Search <kbd>/</kbd></label>
            <input
              id="${id("search")}"
              type="search"
              autocomplete="off"
              spellcheck="false"
              role="combobox"
              aria-expanded="false"
              aria-controls="${id("found")}"
              aria-autocomplete="list"
            />
            <ul id="${id("found")}" class="found" role="listbox" aria-label="Found" hidden></ul>
          </div>
          <p class="stack">stack <strong>${stack}</strong></p>
        </header>
        <main id="${id("content")}" tabindex="-1">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  return page.html;
}

/** Ids in a space of their own: no slug has a colon, and where an anchor begins like them, they begin otherwise. */
function ownIds(anchors: readonly string[]): (name: string) => string {
  let space = "page:";
  while (anchors.some((anchor) => anchor.startsWith(space))) space += ":";
  return (name) => space + name;
}
