import { alertQuery, ruleLabels, type Alert } from "../model/alert";
import { indexOf, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql } from "../model/promql-syntax";
import { subjectIn } from "../model/service";
import { problem, type Check } from "./check";

/**
 * No label that a rule sets replaces one by which its series differ: Prometheus refuses two alerts with the same labels,
 * and the rule fails at each evaluation.
 */
export const alertLabelsAreDistinct: Check = {
  id: "alert-labels-are-distinct",
  description: "An alert's own labels are none of those that the program sets, and none that its expression keeps.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) =>
        [...reserved(alert), ...replaced(alert, index)].map((message) => problem(subjectIn(service, "alerts", alert), message)),
      ),
    );
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

function replaced(alert: Alert, index: ModelIndex): readonly string[] {
  const tree = parsePromql(alertQuery(alert, index.labelsOf).expr);
  const kept = tree && outputLabels(tree, index.labelsOf, "by some");
  const set = new Set([...ruleLabels, ...Object.keys(alert.labels ?? {})]);
  return [...set]
    .filter((label) => kept?.has(label))
    .map(
      (label) =>
        `keeps the label "${label}" of its series, and the rule sets it too: what the series say is lost, and two of them are refused as one. ` +
        `Aggregate it away, or keep it under another name with label_replace.`,
    );
}
