/** Where in a document something generated stands: between two comments. */
export interface MarkedBlock {
  readonly begin: string;
  readonly end: string;
}

/** The document with the text anew between the two comments; as it was where they are not. */
export function rewriteMarkedBlock(document: string, { begin, end }: MarkedBlock, text: string): string {
  const [before, rest] = document.split(begin, 2);
  const after = rest?.split(end, 2)[1];
  if (before === undefined || after === undefined) return document;
  return [before, begin, "\n\n", text, "\n\n", end, after].join("");
}

/** A table as Markdown: the first row is its head. */
export function renderMarkdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}
