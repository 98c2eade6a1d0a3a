import { matcherMeaning, treeMeaning } from "../model/promql-meaning";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";

/**
 * Whether two queries ask the same, however they are written: Prometheus writes durations, numbers and parentheses its own way.
 * A matcher that the second has in each of its selectors is one that an operator enforces, such as `namespace="monitoring"`.
 * Undefined where one of them cannot be read.
 */
export function isSameExpression(declared: string, loaded: string): boolean | undefined {
  const [a, b] = [parsePromql(declared), parsePromql(loaded)];
  if (!a || !b) return declared.replace(/\s+/g, "") === loaded.replace(/\s+/g, "") ? true : undefined;
  if (treeMeaning(a) === treeMeaning(b)) return true;
  const enforced = enforcedIn(a, b);
  return enforced !== undefined && treeMeaning(a) === treeMeaning(b, enforced);
}

/** A matcher that every selector of the second has, and none of the first. */
function enforcedIn(a: Expr, b: Expr): string | undefined {
  const [own, others] = [a, b].map((tree) => walk(tree).flatMap((node) => (node.type === "selector" ? [node.matchers] : [])));
  const [first = []] = others ?? [];
  return first
    .map(matcherMeaning)
    .find(
      (key) =>
        others?.every((matchers) => matchers.some((matcher) => matcherMeaning(matcher) === key)) &&
        !own?.some((matchers) => matchers.some((matcher) => matcherMeaning(matcher) === key)),
    );
}
