const mark = "FILL IN:";

/** A text that only a person knows: the check `placeholder-is-filled-in` lists it until somebody has written it. */
export function toFill(what: string): string {
  return `${mark} ${what}`;
}

/** What a text asks a person to fill in. */
export function leftToFill(text: string): readonly string[] {
  if (!text.includes(mark)) return [];
  return [...text.matchAll(new RegExp(String.raw`\b${mark} ([^\n]*?)(?:[.]?)$`, "gm"))].map(([, what]) => String(what));
}
