import type { Expr, Selector } from "../model/promql-syntax";

/** How far back the series were looked for: what looks back further may see others. */
const seenSeconds = 3600;

/** Functions that have a result whatever there is. */
const neverEmpty = new Set(["absent", "absent_over_time", "vector", "scalar", "time", "pi"]);

/** Whether a series that the selector asks for was there. */
export type IsThere = (selector: Selector) => boolean;

/** The selectors because of which a query has no result; none where it may have one. */
export function emptyBecause(expr: Expr, isThere: IsThere): readonly Selector[] {
  switch (expr.type) {
    case "literal":
      return [];
    case "selector":
      return expr.moved || isThere(expr) ? [] : [expr];
    case "range":
      return expr.moved || expr.seconds === undefined || expr.seconds > seenSeconds ? [] : emptyBecause(expr.of, isThere);
    case "negation":
      return emptyBecause(expr.of, isThere);
    case "call":
      return neverEmpty.has(expr.fn) ? [] : expr.args.flatMap((arg) => emptyBecause(arg, isThere));
    case "aggregation":
      return expr.args.flatMap((arg) => emptyBecause(arg, isThere));
    case "binary": {
      if (expr.isFilled) return [];
      const left = emptyBecause(expr.left, isThere);
      if (expr.op === "unless") return left;
      const right = emptyBecause(expr.right, isThere);
      if (expr.op === "or") return left.length > 0 && right.length > 0 ? [...left, ...right] : [];
      return [...left, ...right];
    }
  }
}
