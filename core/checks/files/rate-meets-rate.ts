import { parsePromql, walk, type Expr } from "../../model/promql-syntax";
import { queriesIn } from "../../model/queries";
import { problem, type Check } from "../check";

/** A rate per second over a count per window is no ratio: it is wrong by the length of the window. */
export const rateMeetsRate: Check = {
  id: "rate-meets-rate",
  description: "A ratio or a sum has rate on both sides or increase on both, not one of each.",
  severity: "error",
  run: (model) =>
    queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const isMixed = [...(tree ? walk(tree) : [])].some(
        (node) =>
          node.type === "binary" && ["/", "-", "+"].includes(node.op) && differ(countedBy(node.left), countedBy(node.right)),
      );
      return isMixed
        ? [
            problem(
              subject,
              `the ${kind} combines rate(), which counts per second, with increase(), which counts per window. Use the same on both sides.`,
            ),
          ]
        : [];
    }),
};

type Counted = "rate" | "increase" | undefined;

function differ(left: Counted, right: Counted): boolean {
  return left !== undefined && right !== undefined && left !== right;
}

/** How a side counts; undefined where it does something else, or scales the result itself. */
function countedBy(expr: Expr): Counted {
  if (expr.type === "call")
    return expr.fn === "rate" || expr.fn === "irate"
      ? "rate"
      : expr.fn === "increase"
        ? "increase"
        : expr.fn === "clamp_min" && expr.args[0]
          ? countedBy(expr.args[0])
          : undefined;
  if (expr.type === "aggregation")
    return ["sum", "avg", "max", "min", "topk", "bottomk"].includes(expr.op) && expr.args.at(-1)
      ? countedBy(expr.args.at(-1) ?? expr)
      : undefined;
  if (expr.type === "binary" && ["+", "-", "or"].includes(expr.op)) {
    const [left, right] = [countedBy(expr.left), countedBy(expr.right)];
    return left === right ? left : undefined;
  }
  return undefined;
}
