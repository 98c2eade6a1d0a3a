import { alertQuery, ruleLabels, type Alert } from "../model/alert";
import type { LoadedRule } from "../model/files/loaded";
import { below } from "../model/files/place";
import { indexOf, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql, type Expr } from "../model/promql-syntax";
import { knownValues } from "../model/promql-values";
import type { Query } from "../model/query";
import { subjectIn } from "../model/service";
import { problem, type Check, type Problem } from "./check";

/**
 * No label that a rule sets replaces one by which its series differ: Prometheus refuses two alerts with the same labels,
 * and the rule fails at each evaluation.
 */
export const alertLabelsAreDistinct: Check = {
  id: "alert-labels-are-distinct",
  description:
    "The own labels of an alert or a recording rule are none of those that the program sets, and none that its expression keeps.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    const declared = model.services.flatMap((service) => [
      ...service.alerts.flatMap((alert) => {
        const set = [...ruleLabels, ...Object.keys(alert.labels ?? {})];
        const messages = [...reserved(alert), ...replaced(alertQuery(alert, index.labelsOf), set, index)];
        return messages.map((message) => problem(subjectIn(service, "alerts", alert), message));
      }),
      ...service.recordingRules.flatMap((rule) =>
        replaced(rule.query, Object.keys(rule.labels ?? {}), index).map((message) =>
          problem(subjectIn(service, "recording-rules", rule), message),
        ),
      ),
    ]);
    return [...declared, ...(model.files?.rules ?? []).flatMap((rule) => ofRule(rule, index))];
  },
};

/** What Prometheus itself sets on the series of alerts, and the program on the alerts of one of several installations. */
const ofTheSystem = [...ruleLabels, "alertstate", "workload_namespace"];

function reserved({ labels = {} }: Alert): readonly string[] {
  return Object.keys(labels).flatMap((label) => {
    if (ofTheSystem.includes(label)) return [`sets the label "${label}", which the program sets itself. Choose another name.`];
    return /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/.test(label)
      ? []
      : [
          `sets the label "${label}", which is no name of a label. Write letters, digits and underscores, of which not two come first.`,
        ];
  });
}

function replaced({ expr }: Query, set: readonly string[], { labelsOf }: ModelIndex): readonly string[] {
  const tree = parsePromql(expr);
  const kept = tree && outputLabels(tree, labelsOf, "by some");
  return [...new Set(set)]
    .filter((label) => kept?.has(label))
    .map(
      (label) =>
        `keeps the label "${label}" of its series, and the rule sets it too: what the series say is lost, and two of them are refused as one. ` +
        `Aggregate it away, or keep it under another name with label_replace.`,
    );
}

/** A rule of a file: an error where the label is known to have several values, a warning where only the expression names it. */
function ofRule({ expr, labels, subject }: LoadedRule, index: ModelIndex): readonly Problem[] {
  const tree = parsePromql(expr);
  if (!tree || isOneSeries(tree)) return [];
  const named = outputLabels(tree, () => undefined, "by some");
  const values = knownValues(tree, index);
  return Object.entries(labels).flatMap(([label, text]) => {
    const known = [...(values.get(label) ?? [])];
    const isKept = known.length > 1 || (known.length === 0 && named?.has(label) === true);
    if (!isKept || text.includes("$labels") || text.includes(".Labels")) return [];
    const what =
      known.length > 1
        ? `that of its series, which can be ${known.join(", ")}`
        : "that by which its expression tells series apart";
    const message =
      `sets the label "${label}" in place of ${what}: what the series say is lost, and two of them are refused as one. ` +
      `Aggregate it away, or give the rule's label another name.`;
    const place = { ...subject, ...(subject.at && { at: below(subject.at, "labels", label) }) };
    return [{ ...problem(place, message), ...(known.length > 1 ? {} : { severity: "warning" as const }) }];
  });
}

/** What is missing is one series, of which its matchers say the labels. */
function isOneSeries(tree: Expr): boolean {
  if (tree.type === "call") return /^absent(_over_time)?$/.test(tree.fn);
  return tree.type === "binary" && tree.op !== "or" && isOneSeries(tree.left);
}
