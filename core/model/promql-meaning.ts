import { parsePromql, type Expr, type Matcher } from "./promql-syntax";

/** Whether two queries mean the same, however they are laid out. Of text that is no PromQL, whether it has the same words. */
export function isSameQuery(one: string, other: string): boolean {
  return one === other || meaningOf(one) === meaningOf(other);
}

/** A text that two queries of one meaning share. */
export function meaningOf(text: string): string {
  const tree = parsePromql(text);
  return tree ? treeMeaning(tree) : text.replace(/\s+/g, " ").trim();
}

/**
 * The same of a part of a query. Where something stands, how a number is written, and the order of matchers and labels mean
 * nothing. `without` is a matcher that is left out wherever it stands, as {@link matcherMeaning} tells it.
 */
export function treeMeaning(expr: Expr, without?: string): string {
  const of = (inner: Expr): string => treeMeaning(inner, without);
  switch (expr.type) {
    case "literal":
      return typeof expr.value === "string" ? JSON.stringify(expr.value) : String(expr.value);
    case "selector": {
      const matchers = expr.matchers.map(matcherMeaning).filter((matcher) => matcher !== without);
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

/** A text that two equal matchers share. */
export function matcherMeaning({ label, op, value }: Matcher): string {
  return `${label}${op}${JSON.stringify(value)}`;
}
