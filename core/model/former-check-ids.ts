/** What checks were called before their ids said what must hold, and what they are called now. Both are accepted. */
const formerIds: ReadonlyMap<string, string> = new Map([
  ["alert-labels", "alert-labels-are-distinct"],
  ["annotation-labels", "annotation-label-is-kept"],
  ["blocks-fresh", "block-is-fresh"],
  ["cardinality", "cardinality-is-bounded"],
  ["debug-label", "required-grouping-is-kept"],
  ["filled-in", "placeholder-is-filled-in"],
  ["markdown-links", "link-exists"],
  ["names", "name-is-valid"],
  ["privacy", "privacy-is-kept"],
  ["query-types", "query-type-fits"],
  ["scenario-structure", "scenario-is-whole"],
  ["sections-fresh", "sections-file-is-fresh"],
  ["template-is-valid", "template-expands"],
  ["variable-is-defined", "variable-is-declared"],
  ["vector-matching", "vector-matching-is-valid"],
]);

/** Whether somebody who wrote this id, when it was written, meant this check. */
export function isIdOf(written: string, check: string): boolean {
  return written === check || formerIds.get(written) === check;
}

/** What is to be written instead of an id; undefined where it is today's. */
export function renamedTo(written: string): string | undefined {
  return formerIds.get(written);
}
