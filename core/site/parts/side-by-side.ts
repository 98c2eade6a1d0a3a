import { diffArrays, diffWordsWithSpace } from "diff";
import { html, type Html } from "../html";

/** A row: what stands on either side; the same on both where there is one cell. Or so many lines that are left out. */
export type Beside = { readonly before?: Html; readonly after?: Html } | { readonly both: Html } | { readonly leftOut: number };

/** So many equal lines stay around one that differs. */
const context = 3;

/** Beyond so many lines that differ, what is common is not looked for. */
const mostEdits = 4_000;

/** Two texts, line beside line, with the words marked that differ. */
export function besideEachOther(before: string | undefined, after: string | undefined): readonly Beside[] {
  const [was, now] = [linesOf(before), linesOf(after)];
  const pieces = diffArrays(was, now, { maxEditLength: mostEdits }) ?? [
    { value: was, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  return pieces.flatMap(({ value, removed, added }, place): readonly Beside[] => {
    if (!removed && !added) return shorten(value, place === 0, place === pieces.length - 1);
    const next = pieces[place + 1];
    if (removed && next?.added === true) return pair(value, next.value);
    const isPaired = added && pieces[place - 1]?.removed === true;
    if (isPaired) return [];
    return value.map((line) => (removed ? { before: html`${line}` } : { after: html`${line}` }));
  });
}

function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split("\n");
}

function pair(was: readonly string[], now: readonly string[]): readonly Beside[] {
  return Array.from({ length: Math.max(was.length, now.length) }, (_, row) => {
    const [before, after] = [was[row], now[row]];
    if (before === undefined) return { after: html`${after}` };
    if (after === undefined) return { before: html`${before}` };
    return markWords(before, after);
  });
}

function markWords(before: string, after: string): { readonly before: Html; readonly after: Html } {
  const words = diffWordsWithSpace(before, after);
  const common = words.reduce((sum, { value, added, removed }) => (added || removed ? sum : sum + value.length), 0);
  // Lines that have little in common only stand beside each other.
  if (common * 2 < Math.max(before.length, after.length)) return { before: html`${before}`, after: html`${after}` };
  return {
    before: html`${words.map(({ value, added, removed }) => (added ? undefined : removed ? html`<del>${value}</del>` : value))}`,
    after: html`${words.map(({ value, added, removed }) => (removed ? undefined : added ? html`<ins>${value}</ins>` : value))}`,
  };
}

/** Equal lines, without those that are far from any that differs. */
function shorten(lines: readonly string[], isFirst: boolean, isLast: boolean): readonly Beside[] {
  const both = (some: readonly string[]): readonly Beside[] => some.map((line) => ({ both: html`${line}` }));
  // What is the same from its first to its last line has no difference to be near to: its beginning tells what it is.
  const [head, tail] = isFirst && isLast ? [context, 0] : [isFirst ? 0 : context, isLast ? 0 : context];
  const leftOut = lines.length - head - tail;
  if (leftOut < 3) return both(lines);
  return [...both(lines.slice(0, head)), { leftOut }, ...both(lines.slice(lines.length - tail))];
}
