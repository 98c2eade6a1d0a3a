import type { EvaluatedRule } from "../../model/rule-set";
import { listOf, mapOf, textOf, textOr, textsOf } from "./shape";
import { secondsOf } from "./prometheus-configuration";

/** The rules of groups as rule files and PrometheusRules write them. What is no whole rule is left out: the checks say so. */
export function readEvaluatedRules(groups: unknown): readonly EvaluatedRule[] {
  return listOf(groups).flatMap((group) => {
    const { interval, query_offset, labels, rules } = mapOf(group);
    const everySeconds = secondsOf(textOf(interval));
    const shared = {
      ...(everySeconds !== undefined && everySeconds > 0 && { everySeconds }),
      offsetSeconds: seconds(query_offset),
    };
    return listOf(rules).flatMap((rule): readonly EvaluatedRule[] => {
      const { alert, record, expr, for: held, keep_firing_for, labels: own } = mapOf(rule);
      const name = textOr(alert) || textOr(record);
      if (name === "" || textOf(expr) === undefined) return [];
      return [
        {
          kind: textOr(alert) === "" ? "record" : "alert",
          name,
          expr: textOr(expr),
          labels: { ...textsOf(labels), ...textsOf(own) },
          forSeconds: seconds(held),
          keepFiringSeconds: seconds(keep_firing_for),
          ...shared,
        },
      ];
    });
  });
}

function seconds(duration: unknown): number {
  return secondsOf(textOf(duration)) ?? 0;
}
