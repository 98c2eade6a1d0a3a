import { Parser } from "htmlparser2";
import { anchorsOf } from "../model/raw-html";
import { html } from "./html";

const empty = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

/**
 * The anchors of raw HTML, `<a id="x">`, through a sanitizer that lets no id pass. Each has one place: the heading that has it
 * anyway, or else the first element.
 */
export class AnchorMarks {
  readonly #marked: string[] = [];

  /** `mark` is what the text cannot hold; `taken` are the anchors that are elsewhere on the page. */
  constructor(
    private readonly text: string,
    private readonly taken: ReadonlySet<string>,
  ) {}

  /** Markup with a marked element in each element that has an anchor, or before it where it can hold none. */
  mark(markup: string): string {
    const marks: { readonly at: number; readonly text: string }[] = [];
    const parser = new Parser({
      onopentag: (name, attributes) => {
        const at = empty.test(name) ? parser.startIndex : parser.endIndex + 1;
        for (const anchor of anchorsOf(name, attributes)) {
          marks.push({ at, text: `<span data-own="${this.text}-a${this.#marked.length}"></span>` });
          this.#marked.push(anchor);
        }
      },
    });
    parser.end(markup);
    return marks.reduceRight((before, { at, text }) => before.slice(0, at) + text + before.slice(at), markup);
  }

  /** The marked elements with their anchors. */
  show(markup: string): string {
    const shown = new Set(this.taken);
    return markup.replace(new RegExp(`<span data-own="${this.text}-a(\\d+)"></span>`, "g"), (_, place: string) => {
      const anchor = this.#marked[Number(place)];
      if (anchor === undefined || shown.has(anchor)) return "";
      shown.add(anchor);
      return html`<span id="${anchor}"></span>`.html;
    });
  }
}
