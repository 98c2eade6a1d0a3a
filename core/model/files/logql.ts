/** Whether a text is Loki's language: a stream with a filter or a parser behind it. */
export function isLogQl(expr: string): boolean {
  const plain = expr.replace(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '""');
  return /\}\s*(?:\|=|\|~|!=\s*""|\|\s*(?:json|logfmt|pattern|regexp|line_format|label_format|unwrap)\b)/.test(plain);
}
