import { closest, distance } from "fastest-levenshtein";

/** " Did you mean "x"?" when one of the known names is close enough to be a slip of the pen, else "". */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
}

/** The known name that is nearest, if it differs in less than half of its letters. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.length === 0) return undefined;
  const otherwiseCased = names.find((known) => known.toLowerCase() === name.toLowerCase());
  if (otherwiseCased !== undefined) return otherwiseCased;
  const nearest = closest(name, names);
  return distance(name, nearest) <= Math.max(2, Math.ceil(nearest.length / 2)) ? nearest : undefined;
}
