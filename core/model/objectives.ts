import { serviceDependencies } from "./dependency";
import { journeyParts } from "./journey";
import type { Model } from "./model";
import { describeObjective } from "./slo";

/** An objective as it is deployed, and whom a change of it touches. */
export interface DeployedObjective {
  /** Such as "95 % within 500 ms". */
  readonly objective: string;
  /** The journeys that it is a step of, and the services that depend on the one that promises it. */
  readonly touches: readonly string[];
}

/** Every objective of the model by its id. */
export function objectivesOf(model: Model): Readonly<Record<string, DeployedObjective>> {
  return Object.fromEntries(
    model.services.flatMap((service) =>
      service.slos.map((slo) => {
        const journeys = model.journeys.filter((journey) => journeyParts(journey).some((part) => part.slo.id === slo.id));
        const dependents = serviceDependencies(model.dependencies).filter(({ upstream }) => upstream.id === service.id);
        const touches = [
          ...journeys.map(({ id }) => `journey ${id}`),
          ...dependents.map((dependency) => `service ${dependency.service.id}`),
        ];
        return [slo.id, { objective: describeObjective(slo), touches }] as const;
      }),
    ),
  );
}
