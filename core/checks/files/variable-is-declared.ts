import { parsePromql } from "../../model/promql-syntax";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";

/** A variable that the dashboard does not have stays in the query as text. */
export const variableIsDeclared: Check = {
  id: "variable-is-declared",
  description: "Variables in a panel's queries are the dashboard's, or Grafana's own.",
  severity: "error",
  run: ({ files }) =>
    (files?.dashboards ?? []).flatMap(({ variables, panels }) =>
      panels.flatMap(({ targets }) =>
        targets.flatMap(({ expr, subject }) => {
          const names = variables.map(({ name }) => name);
          return [...new Set(used(expr))]
            .filter((name) => !names.includes(name) && !isBuiltIn(name))
            .map((name) =>
              problem(
                subject,
                `uses the variable "${name}", which the dashboard does not have. ${names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`}${didYouMean(name, names)}`,
              ),
            );
        }),
      ),
    ),
};

/** Of `label_replace`, `$1` is a group, and so is what is named in its pattern. */
function used(expr: string): readonly string[] {
  if (expr.includes("label_replace") && parsePromql(expr) !== undefined && /\(\?P?</.test(expr)) return [];
  return [...expr.matchAll(/\$\{(\w+)(?:[.:][^}]*)?\}|\[\[(\w+)(?::[^\]]*)?\]\]|\$([A-Za-z_]\w*)/g)]
    .map(([, braced, old, plain]) => braced ?? old ?? plain ?? "")
    .filter((name) => !/^\d/.test(name));
}

function isBuiltIn(name: string): boolean {
  return name.startsWith("__") || ["timeFilter", "interval", "interval_ms", "timezone"].includes(name);
}
