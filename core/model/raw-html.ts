// A comment; a tag that is closed, with whatever attributes; or a "<" that begins neither.
const parts = /<!--[^]*?-->|<\/?([a-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'<>])*>|</gi;

// The content of these is no markup to a browser, as far as their end, which may never come. GitHub shows such tags as text.
const swallowing = /^(?:title|textarea|style|xmp|iframe|noembed|noframes|noscript|script|plaintext)$/i;

/**
 * Raw HTML of a Markdown file so that nothing of it reaches into what follows: tags that are whole, and text. Whoever reads it
 * and whoever shows it begins with this, so that both see the same elements. Lines stay lines.
 */
export function settleHtml(html: string): string {
  return html.replace(parts, (part, name: string | undefined) => {
    if (part.startsWith("<!--")) return part.replace(/[^\n]/g, "");
    return name === undefined || swallowing.test(name) ? `&lt;${part.slice(1)}` : part;
  });
}

/** Where a fragment can lead to an element of raw HTML: its id, or the name of an `<a>`. */
export function anchorsOf(element: string, { id, name }: Readonly<Record<string, string>>): readonly string[] {
  return [id, element === "a" ? name : undefined].flatMap((anchor) => (anchor === undefined || anchor === "" ? [] : [anchor]));
}
