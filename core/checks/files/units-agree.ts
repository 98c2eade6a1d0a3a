import type { LoadedPanel, LoadedRule } from "../../model/files/loaded";
import { below } from "../../model/files/place";
import { parsePromql, walk, type Expr } from "../../model/promql-syntax";
import { problem, type Check, type Problem } from "../check";

/** A number is said in the unit that it has. */
export const unitsAgree: Check = {
  id: "units-agree",
  description:
    "A ratio is not printed as a percentage without being one, a rate per second not as one per hour, and a panel's percent matches its query.",
  severity: "warning",
  run: ({ files }) => [
    ...(files?.rules ?? []).filter(({ kind }) => kind === "alert").flatMap(inAlert),
    ...(files?.dashboards ?? []).flatMap(({ panels }) => panels.flatMap(inPanel)),
  ],
};

function inAlert({ expr, annotations, subject }: LoadedRule): readonly Problem[] {
  const tree = parsePromql(expr);
  const value = tree && valueOf(tree);
  if (!value) return [];
  return Object.entries(annotations).flatMap(([name, text]) => {
    const here = { ...subject, ...(subject.at && { at: below(subject.at, "annotations", name) }) };
    return [
      ...(isRatio(value) && printsPercent(text)
        ? [
            problem(
              here,
              `\`${name}\` prints $value with "%", but the expression is a ratio between 0 and 1. Use {{ $value | humanizePercentage }}, or multiply by 100.`,
            ),
          ]
        : []),
      ...perPeriod(value, text).map((message) => problem(here, `\`${name}\` ${message}`)),
    ];
  });
}

function printsPercent(text: string): boolean {
  return /\{\{-?\s*(?:\$value|printf\s+"%\.?\d*[fg]"\s+\$value|\$value\s*\|\s*(?:humanize|printf\s+"%\.?\d*[fg]"))\s*-?\}\}\s?%/.test(
    text,
  );
}

function perPeriod(value: Expr, text: string): readonly string[] {
  const period = /\{\{[^}]*\$value[^}]*\}\}[^.{\n]{0,40}?\b(?:per|an?|\/)\s*(hour|minute|day|h\b|min\b)/i
    .exec(text)?.[1]
    ?.toLowerCase();
  if (period === undefined || !isRate(value)) return [];
  return [`prints $value per ${period}, but rate() counts per second. Use increase(), or multiply.`];
}

function inPanel({ unit, targets, subject }: LoadedPanel): readonly Problem[] {
  if (unit !== "percent" && unit !== "percentunit") return [];
  const values = targets.flatMap(({ query = "" }) => parsePromql(query) ?? []);
  if (unit === "percentunit" && values.some(isPercentage)) {
    return [
      problem(
        subject,
        'has the unit "percentunit", which multiplies by 100, and its query does so too. Take the unit "percent", or leave out the "* 100".',
      ),
    ];
  }
  if (unit === "percent" && values.length > 0 && values.every((value) => isRatio(value) && sameMetric(value))) {
    return [
      problem(
        subject,
        'has the unit "percent", but its query is a ratio between 0 and 1. Take the unit "percentunit", or multiply by 100.',
      ),
    ];
  }
  return [];
}

/** What is compared with a threshold. */
function valueOf(tree: Expr): Expr | undefined {
  if (tree.type !== "binary") return tree;
  if (["and", "unless"].includes(tree.op)) return valueOf(tree.left);
  if ([">", "<", ">=", "<=", "==", "!="].includes(tree.op)) {
    const limit = tree.right.type === "literal" ? Number(tree.right.text) : NaN;
    // A ratio is compared with a number below 1: above it, the expression is something else.
    return tree.bool ? undefined : tree.left.type === "binary" && tree.left.op === "/" && limit > 1 ? undefined : tree.left;
  }
  return tree;
}

/** A count by a count of the same kind. */
function isRatio(expr: Expr): boolean {
  return expr.type === "binary" && expr.op === "/" && isCount(expr.left) && isCount(expr.right) && sameMetric(expr);
}

/** Both sides count the same thing: only then the quotient lies between 0 and 1 for sure. */
function sameMetric(expr: Expr): boolean {
  if (expr.type !== "binary") return false;
  const names = (side: Expr): ReadonlySet<string> =>
    new Set(walk(side).flatMap((node) => (node.type === "selector" ? [node.metric] : [])));
  const right = names(expr.right);
  return [...names(expr.left)].every((name) => right.has(name));
}

function isCount(expr: Expr): boolean {
  return (
    walk(expr).some((node) => node.type === "call" && ["rate", "irate", "increase"].includes(node.fn)) &&
    !walk(expr).some((node) => node.type === "literal" && !node.text.startsWith('"'))
  );
}

function isPercentage(expr: Expr): boolean {
  return (
    expr.type === "binary" &&
    expr.op === "*" &&
    [expr.left, expr.right].some((side) => side.type === "literal" && Number(side.text) === 100) &&
    [expr.left, expr.right].some((side) => side.type === "binary" && side.op === "/")
  );
}

function isRate(expr: Expr): boolean {
  if (expr.type === "call") return expr.fn === "rate" || expr.fn === "irate";
  return (
    expr.type === "aggregation" &&
    ["sum", "avg", "max", "min"].includes(expr.op) &&
    expr.args.at(-1) !== undefined &&
    isRate(expr.args.at(-1) ?? expr)
  );
}
