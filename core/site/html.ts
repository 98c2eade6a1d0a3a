/** Text that is HTML already: only {@link html} and {@link trusted} make it. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | readonly Part[];

/** A page's markup: whatever is put in is escaped, unless it is markup itself. Lists are joined; undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.reduce((before, piece, index) => before + render(parts[index - 1]) + piece);
  return { html: text };
}

/** Markup from a sanitizer, which answers for its elements. */
export function trusted(markup: string): Html {
  return { html: withoutControls(markup) };
}

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return withoutControls(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

// Escape sequences of terminals mean nothing in a page, and marks that turn the direction of writing can hide what stands there.
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is meant
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(render).join("");
}
