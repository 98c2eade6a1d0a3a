import { distance } from "fastest-levenshtein";

/**
 * The one of these names that somebody who wrote this one probably meant: it differs by a letter or two, in case, in its
 * separators, or in the unit at its end. Numbers tell things apart: `mc-1` is no slip of `mc-0`, and `500` none of `200`.
 */
export function slipOf(name: string, known: Iterable<string>): string | undefined {
  const near = [...known]
    .filter((other) => other !== name && isNear(name, other))
    .sort((a, b) => distance(name, a) - distance(name, b));
  return near[0];
}

const units = /_(total|seconds|milliseconds|ms|bytes|ratio|count)$/;

function isNear(a: string, b: string): boolean {
  if (digitsOf(a) !== digitsOf(b)) return false;
  if (plain(a) === plain(b)) return true;
  if (a.replace(units, "") === b.replace(units, "")) return true;
  return Math.min(a.length, b.length) >= 6 && distance(a, b) <= 2;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_.: -]/g, "");
}

function digitsOf(name: string): string {
  return name.replace(/\D/g, "");
}
