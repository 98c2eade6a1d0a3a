import { alertQuery, type Alert } from "../model/alert";
import { indexOf, type ModelIndex } from "../model/model";
import { parsePromql } from "../model/promql-syntax";
import { subjectIn } from "../model/service";
import { problem, type Check } from "./check";
import { valuesOfNone } from "./label-value-is-declared";
import { unreachable } from "./threshold-reachable";

/** Every alert has been seen to fire, and to keep quiet. */
export const alertIsTested: Check = {
  id: "alert-is-tested",
  description: "Every alert carries an example that fires and one that stays quiet.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const types = alert.examples.map(({ type }) => type);
        const missing = [
          ...(types.includes("fires") ? [] : ["one that fires"]),
          ...(types.includes("quiet") ? [] : ["one that stays quiet"]),
        ];
        const isToldAlready = (): boolean =>
          unreachable(alert, service, index) !== undefined || (!types.includes("fires") && waitsInVain(alert, index));
        return missing.length === 0 || isToldAlready()
          ? []
          : [problem(subjectIn(service, "alerts", alert), `has no example: ${missing.join(" and ")}. Add it to \`examples\`.`)];
      }),
    );
  },
};

/** Of values that no series has; `label-value-is-declared` says so already, as `threshold-reachable` does of a threshold. */
function waitsInVain(alert: Alert, index: ModelIndex): boolean {
  const tree = parsePromql(alertQuery(alert, index.labelsOf).expr);
  return tree !== undefined && valuesOfNone(tree, index).length > 0;
}
