import { groupBy } from "../../model/group-by";
import type { LoadedRule } from "../../model/files/loaded";
import { problem, type Check } from "../check";

/** A rule that is there twice fires twice, or makes the same series twice. */
export const ruleIsUnique: Check = {
  id: "rule-is-unique",
  description: "No rule is there twice with the same labels and the same expression.",
  severity: "error",
  run: ({ files }) =>
    [...groupBy(files?.rules ?? [], keyOf).values()].flatMap(([first, ...others]) =>
      others.map((rule) =>
        problem(
          rule.subject,
          `is the same rule as the one in group "${first?.group ?? ""}" of ${first?.subject.file ?? ""}: same name, labels and expression. Remove one.`,
        ),
      ),
    ),
};

function keyOf({ kind, name, labels, expr, for: held }: LoadedRule): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([kind, name, sorted, expr.replace(/\s+/g, " ").trim(), held]);
}
