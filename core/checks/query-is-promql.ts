import type { Expr, PromqlError, ReadQuery } from "../model/promql-syntax";
import { queriesIn, type PlacedQuery } from "../model/queries";
import { problem, type Check } from "./check";

/** Prometheus takes every query, in the place where it stands. */
export const queryIsPromql: Check = {
  id: "query-is-promql",
  description:
    "Prometheus takes every query: its syntax, its types, its regular expressions, and what the environment has enabled.",
  severity: "error",
  run: (model) =>
    queriesIn(model).flatMap(({ expr, read: query, kind, subject }) => {
      const messages = [
        ...refused(expr, query),
        ...notEnabled(query, model.prometheusFeatures ?? []),
        ...(query.tree ? misplaced(query.tree, query, kind) : []),
      ];
      return [...new Set(messages)].map((message) => problem(subject, `the ${kind} ${message}`));
    }),
};

function refused(expr: string, { tree, errors }: ReadQuery): readonly string[] {
  const told = tree ? errors : errors.slice(0, 1); // what follows the first one is of no text that was read
  return told.map(
    (error) =>
      `is refused by Prometheus${place(expr, error)}: ${error.message.replace(/[^?]$/, "$&.")}${tree ? "" : ` It is ${JSON.stringify(expr)}.`}`,
  );
}

function place(expr: string, { at }: PromqlError): string {
  if (at === undefined) return "";
  const before = expr.slice(0, at).split("\n");
  const column = `column ${(before.at(-1)?.length ?? 0) + 1}`;
  return before.length === 1 ? ` at ${column}` : ` at line ${before.length}, ${column}`;
}

function notEnabled({ experimental }: ReadQuery, enabled: readonly string[]): readonly string[] {
  return experimental
    .filter(({ flag }) => !enabled.includes(flag))
    .map(
      ({ what, flag }) =>
        `uses ${what}, which Prometheus has only with --enable-feature=${flag}. Do without it, or name the feature in prometheusFeatures.`,
    );
}

/** What is PromQL, but not where it stands. */
function misplaced(tree: Expr, { variables }: ReadQuery, kind: PlacedQuery["kind"]): readonly string[] {
  const [variable] = kind === "panel" || kind === "variable" || kind === "annotation query" ? [] : variables;
  return [
    ...(variable === undefined ? [] : [`uses ${variable}, which only Grafana knows. Write a duration such as 5m.`]),
    ...(tree.type === "range" && kind !== "runbook command"
      ? ["selects a range of samples, where one value a series is needed. Wrap it in a function such as rate()."]
      : []),
    ...(tree.type === "literal" && typeof tree.value === "string"
      ? ["is a string, where one value a series is needed. Write it without quotes."]
      : []),
  ];
}
