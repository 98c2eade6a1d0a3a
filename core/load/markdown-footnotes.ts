import type { Located } from "../model/runbook";

/** What a file's footnotes lack: a reference without a definition is shown as it is written, a definition without one not at all. */
export interface FootnoteFaults {
  readonly undefined: readonly Located[];
  readonly unused: readonly Located[];
}

const definition = /^[ >\t]*(?:[-*+]|\d+[.)])?[ >\t]*\[\^([^[\]\s]+)\]:/;
/** Not a set of characters of a regular expression, such as `[^a-z]` or `[^"]+`. */
const reference = /\[\^((?!\w-)\w[\w-]*)\](?![*+?{(:])/g;

/**
 * Reads footnotes from the lines of a file that are no code, and from its texts. Where a file defines none, only a number is
 * taken for a reference.
 */
export function footnoteFaults(lines: readonly Located[], texts: readonly Located[]): FootnoteFaults {
  const defined = lines.flatMap(({ text, line }) => {
    const [, label] = definition.exec(text) ?? [];
    return label === undefined ? [] : [{ label: label.toLowerCase(), line, isIndented: !text.startsWith("[") }];
  });
  const known = new Set(defined.map(({ label }) => label));
  const used = texts.flatMap(({ text, line }) =>
    [...text.matchAll(reference)].map(([whole, label = ""]) => ({ whole, label: label.toLowerCase(), line })),
  );
  const referred = new Set([...texts, ...lines].flatMap(({ text }) => labelsReferred(text)));
  return {
    undefined: used
      .filter(({ label }) => !known.has(label) && (known.size > 0 || /^\d+$/.test(label)))
      .map(({ whole, line }) => ({ text: whole, line })),
    unused: defined
      .filter(({ label, isIndented }) => !isIndented && !referred.has(label))
      .map(({ label, line }) => ({ text: `[^${label}]`, line })),
  };
}

function labelsReferred(text: string): readonly string[] {
  return [...text.replace(definition, "").matchAll(/\[\^([^[\]\s]+)\]/g)].map(([, label = ""]) => label.toLowerCase());
}
