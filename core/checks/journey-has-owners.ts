import { journeyParts } from "../model/journey";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** Whoever is to tighten a step of a journey exists, and has that objective. */
export const journeyHasOwners: Check = {
  id: "journey-has-owners",
  description: "The owner of each step of a journey is a service, and the step's objective is one of its own.",
  severity: "error",
  run: ({ services, journeys }) => {
    const ids = services.map(({ id }) => id);
    return journeys.flatMap((journey) =>
      journeyParts(journey).flatMap(({ slo, owner }) => {
        const subject = { file: "services/journeys.ts", name: journey.id };
        const service = services.find(({ id }) => id === owner);
        if (!service)
          return [
            problem(
              subject,
              `the owner of ${slo.id}, "${owner}", is no service. There are ${ids.join(", ")}.${didYouMean(owner, ids)}`,
            ),
          ];
        if (service.slos.some(({ id }) => id === slo.id)) return [];
        return [
          problem(subject, `${slo.id} is no objective of its owner ${owner}. Add it to the service's slos, or name its owner.`),
        ];
      }),
    );
  },
};
