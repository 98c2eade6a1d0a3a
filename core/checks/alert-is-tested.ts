import { subjectIn } from "../model/service";
import { problem, type Check } from "./check";

/** Every alert has been seen to fire, and to keep quiet. */
export const alertIsTested: Check = {
  id: "alert-is-tested",
  description: "Every alert carries an example that fires and one that stays quiet.",
  severity: "error",
  run: (model) =>
    model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const types = alert.examples.map(({ type }) => type);
        const missing = [
          ...(types.includes("fires") ? [] : ["one that fires"]),
          ...(types.includes("quiet") ? [] : ["one that stays quiet"]),
        ];
        return missing.length === 0
          ? []
          : [problem(subjectIn(service, "alerts", alert), `has no example: ${missing.join(" and ")}. Add it to \`examples\`.`)];
      }),
    ),
};
