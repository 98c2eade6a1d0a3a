import { parsePromql, type Expr } from "./promql-syntax";

/** Whether two queries mean the same, however they are laid out. Of text that is no PromQL, whether it has the same words. */
export function isSameQuery(one: string, other: string): boolean {
  return one === other || meaningOf(one) === meaningOf(other);
}

/** A text that two queries of one meaning share. */
export function meaningOf(text: string): string {
  const tree = parsePromql(text);
  return tree ? treeMeaning(tree) : text.replace(/\s+/g, " ").trim();
}

/** The same of a part of a query. */
export function treeMeaning(tree: Expr): string {
  return JSON.stringify(tree, plain);
}

/** Where something stands, how a number is written, and the order of matchers and labels mean nothing. */
function plain(key: string, value: unknown): unknown {
  if (["span", "matchingSpan", "text", "isOnlyBraces"].includes(key)) return undefined;
  if (key === "matchers" && Array.isArray(value)) return value.map((matcher) => JSON.stringify(matcher, plain)).sort();
  if ((key === "labels" || key === "include") && Array.isArray(value)) return value.map(String).sort();
  return typeof value === "number" ? `number ${value}` : value; // JSON has no infinity
}
