import { below, type At } from "../../model/files/place";
import type { LoadedRule } from "../../model/files/loaded";
import type { Document } from "./documents";
import { listOf, mapOf, textOr, textsOf } from "./shape";

/** Whether a document holds rule groups: a rule file, or a PrometheusRule. */
export function holdsRules({ value }: Document): boolean {
  const { groups, kind } = mapOf(value);
  if (kind === "PrometheusRule") return true;
  // Other programs have groups too.
  return Array.isArray(groups) && groups.some((group) => Array.isArray(mapOf(group)["rules"]));
}

/** Reads the rules of a rule file or of a PrometheusRule. */
export function readRules(file: string, { value, at }: Document): readonly LoadedRule[] {
  const { kind, spec } = mapOf(value);
  const [holder, start] = kind === "PrometheusRule" ? [mapOf(spec), below(at, "spec")] : [mapOf(value), at];
  return listOf(holder["groups"]).flatMap((group, number) => {
    const { name, rules } = mapOf(group);
    const here = below(start, "groups", number, "rules");
    return listOf(rules).flatMap((rule, index) => readRule({ file, group: textOr(name), rule, at: below(here, index) }));
  });
}

function readRule({ file, group, rule, at }: { file: string; group: string; rule: unknown; at: At }): readonly LoadedRule[] {
  const { alert, record, expr, for: held, keep_firing_for, labels, annotations } = mapOf(rule);
  const name = textOr(alert) || textOr(record);
  if (name === "" || expr === undefined) return []; // rule-is-whole says so
  return [
    {
      kind: textOr(alert) === "" ? "record" : "alert",
      name,
      expr: textOr(expr),
      for: textOr(held),
      keepFiringFor: textOr(keep_firing_for),
      labels: textsOf(labels),
      annotations: textsOf(annotations),
      group,
      subject: { file, name, at },
    },
  ];
}
