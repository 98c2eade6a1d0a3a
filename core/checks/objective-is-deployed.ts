import { subjectIn } from "../model/service";
import { sloRecordingNames } from "../model/slo-queries";
import { problem, type Check } from "./check";

/** No objective is promised that nothing counts. */
export const objectiveIsDeployed: Check = {
  id: "objective-is-deployed",
  description: "The rules that count an objective are among the recording rules of its service.",
  severity: "error",
  run: (model) =>
    model.services.flatMap((service) => {
      const deployed = new Set(service.recordingRules.map(({ name }) => name));
      return service.slos
        .filter((slo) => sloRecordingNames(slo).some((name) => !deployed.has(name)))
        .map((slo) =>
          problem(
            subjectIn(service, "slos", { name: slo.id }),
            `nothing counts this objective: its rules are not among those of ${service.id}. Give the service at least one dashboard, and wrap it: withSlos({ … }).`,
          ),
        );
    }),
};
