import { distance } from "fastest-levenshtein";

/**
 * The one of these names that somebody who wrote this one probably meant: it differs in case or separators, in the unit at its
 * end, or by a letter in one long word. Numbers and short words tell things apart: `mc-1` is no slip of `mc-0`, `tx_bytes` none of
 * `rx_bytes`, and `wait_max` none of `wait_min`.
 */
export function slipOf(
  name: string,
  known: readonly string[],
  isMeant: (other: string) => boolean = () => true,
): string | undefined {
  const index = indexOf(known);
  const candidates = new Set(keysOf(name).flatMap((key) => index.get(key) ?? []));
  const near = [...candidates].filter((other) => other !== name && isNear(name, other) && isMeant(other));
  return near.sort((a, b) => distance(name, a) - distance(name, b))[0];
}

const indexes = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** The names by what those that are near have in common: a server has a hundred thousand of them. */
function indexOf(known: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const made = indexes.get(known);
  if (made) return made;
  const index = new Map<string, string[]>();
  for (const name of known)
    for (const key of keysOf(name)) {
      const alike = index.get(key);
      if (alike) alike.push(name);
      else index.set(key, [name]);
    }
  indexes.set(known, index);
  return index;
}

const ofHistogram = /_(bucket|count|sum)$/;
const unit = /_(total|seconds|milliseconds|ms|bytes|ratio)$/;
const longWord = 5;

/** Names that are near have one of these in common. */
function keysOf(name: string): readonly string[] {
  const words = wordsOf(name);
  const [series = ""] = ofHistogram.exec(name) ?? [];
  const withoutUnit = name.slice(0, name.length - series.length).replace(unit, "");
  const withoutOne = words.flatMap((word, index) => (word.length < longWord ? [] : [words.with(index, "*").join("_")]));
  return [`plain ${words.join("")}`, `unit ${withoutUnit}${series}`, ...withoutOne.map((rest) => `word ${rest}`)];
}

function isNear(a: string, b: string): boolean {
  const [words, others] = [wordsOf(a), wordsOf(b)];
  if (words.join("") === others.join("")) return true;
  const [base, otherBase] = [a.replace(ofHistogram, ""), b.replace(ofHistogram, "")];
  if (base === otherBase.replace(unit, "") || base.replace(unit, "") === otherBase) return true;
  return words.length === others.length && words.every((word, index) => isNearWord(word, others[index] ?? ""));
}

function isNearWord(a: string, b: string): boolean {
  if (a === b) return true;
  if (!b.startsWith(a.charAt(0)) || digitsOf(a) !== digitsOf(b)) return false;
  return Math.min(a.length, b.length) >= longWord && distance(a, b) === 1;
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[_.: -]/);
}

function digitsOf(name: string): string {
  return name.replace(/\D/g, "");
}
