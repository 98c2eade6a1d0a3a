/** A definition of a link, as a Markdown parser keeps it. */
interface Definition {
  readonly title: string;
  readonly href: string;
}

/**
 * What a Markdown parser is given to keep definitions of links in. What `[^1]: Deprecated` defines is a footnote, and not a
 * link to "Deprecated".
 */
export function withoutFootnotes(): { references: Record<string, Definition> } {
  return {
    references: new Proxy<Record<string, Definition>>(
      {},
      { set: (known, label, of) => String(label).startsWith("^") || Reflect.set(known, label, of) },
    ),
  };
}
