/**
 * What a Markdown parser is given to keep definitions of links in. What `[^1]: Deprecated` defines is a footnote, and not a
 * link to "Deprecated".
 */
export function withoutFootnotes(): { readonly references: Record<string, never> } {
  return {
    references: new Proxy<Record<string, never>>(
      {},
      { set: (known, label, of) => String(label).startsWith("^") || Reflect.set(known, label, of) },
    ),
  };
}
