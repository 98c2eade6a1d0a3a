import { parsePromql, walk, type Expr, type Matcher } from "../model/promql-syntax";

/**
 * Whether two queries ask the same, however they are written: Prometheus writes durations, numbers and parentheses its own way.
 * A matcher that the second has in each of its selectors is one that an operator enforces, such as `namespace="monitoring"`.
 * Undefined where one of them cannot be read.
 */
export function isSameExpression(declared: string, loaded: string): boolean | undefined {
  const [a, b] = [parsePromql(declared), parsePromql(loaded)];
  if (!a || !b) return declared.replace(/\s+/g, "") === loaded.replace(/\s+/g, "") ? true : undefined;
  if (textOf(a) === textOf(b)) return true;
  const enforced = enforcedIn(a, b);
  return enforced !== undefined && textOf(a) === textOf(b, enforced);
}

/** A matcher that every selector of the second has, and none of the first. */
function enforcedIn(a: Expr, b: Expr): string | undefined {
  const [own, others] = [a, b].map((tree) =>
    [...walk(tree)].flatMap((node) => (node.type === "selector" ? [node.matchers] : [])),
  );
  const [first = []] = others ?? [];
  return first
    .map(keyOf)
    .find(
      (key) =>
        others?.every((matchers) => matchers.some((matcher) => keyOf(matcher) === key)) &&
        !own?.some((matchers) => matchers.some((matcher) => keyOf(matcher) === key)),
    );
}

function keyOf({ label, op, value }: Matcher): string {
  return `${label}${op}${JSON.stringify(value)}`;
}

function textOf(expr: Expr, enforced?: string): string {
  const of = (inner: Expr): string => textOf(inner, enforced);
  switch (expr.type) {
    case "literal":
      return typeof expr.value === "string" ? JSON.stringify(expr.value) : String(expr.value);
    case "selector": {
      const matchers = expr.matchers.map(keyOf).filter((key) => key !== enforced);
      return JSON.stringify(["selector", expr.metric, matchers.sort(), expr.moved]);
    }
    case "range": {
      const { isSubquery, seconds, computed, step, moved } = expr;
      return JSON.stringify(["range", of(expr.of), isSubquery, seconds ?? computed?.replace(/\s+/g, ""), step, moved]);
    }
    case "negation":
      return expr.sign === "-" ? `-(${of(expr.of)})` : of(expr.of);
    case "call":
      return JSON.stringify([expr.fn, expr.args.map(of)]);
    case "aggregation": {
      const grouping = expr.grouping === "by" && expr.labels.length === 0 ? "" : expr.grouping;
      return JSON.stringify([expr.op, grouping, [...expr.labels].sort(), expr.args.map(of)]);
    }
    case "binary": {
      const { op, bool, matching, group, isFilled } = expr;
      const on = matching && (matching.on || matching.labels.length > 0) ? [matching.on, [...matching.labels].sort()] : [];
      const many = group ? [group.side, [...group.include].sort()] : [];
      return JSON.stringify([op, bool, on, many, isFilled ?? false, of(expr.left), of(expr.right)]);
    }
  }
}
