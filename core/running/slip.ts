import { distance } from "fastest-levenshtein";

/**
 * The one of these names that somebody who wrote this one probably meant: it differs in case or separators, in the unit at its
 * end, or by a letter in a long word. Numbers and short words tell things apart: `mc-1` is no slip of `mc-0`, `tx_bytes` none of
 * `rx_bytes`, and `wait_max` none of `wait_min`.
 */
export function slipOf(name: string, known: Iterable<string>): string | undefined {
  const near = [...known].filter((other) => other !== name && isNear(name, other));
  return near.sort((a, b) => distance(name, a) - distance(name, b))[0];
}

const ofHistogram = /_(bucket|count|sum)$/;
const unit = /_(total|seconds|milliseconds|ms|bytes|ratio)$/;

function isNear(a: string, b: string): boolean {
  const [series] = ofHistogram.exec(a) ?? [];
  if (series !== undefined && b.endsWith(series)) return isNear(a.replace(ofHistogram, ""), b.replace(ofHistogram, ""));
  if (plain(a) === plain(b)) return true;
  if (a === b.replace(unit, "") || a.replace(unit, "") === b) return true;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  return words.length === others.length && words.every((word, index) => isNearWord(word, others[index] ?? ""));
}

const longWord = 5;

function isNearWord(a: string, b: string): boolean {
  if (a === b) return true;
  if (!b.startsWith(a.charAt(0)) || digitsOf(a) !== digitsOf(b)) return false;
  return Math.min(a.length, b.length) >= longWord && distance(a, b) === 1;
}

function plain(name: string): string {
  return wordsOf(name).join("");
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[_.: -]/);
}

function digitsOf(name: string): string {
  return name.replace(/\D/g, "");
}
