/**
 * What a Markdown parser is given to keep definitions of links in. What `[^1]: Deprecated` defines is a footnote, and not a
 * link to "Deprecated".
 */
export function withoutFootnotes(): { readonly references: object } {
  return {
    references: new Proxy({}, { set: (known, label, of) => String(label).startsWith("^") || Reflect.set(known, label, of) }),
  };
}
