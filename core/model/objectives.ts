import { serviceDependencies } from "./dependency";
import { journeyBudget, journeyParts } from "./journey";
import type { Model } from "./model";

/** An objective as it is deployed, and whom a change of it touches. */
export interface DeployedObjective {
  /** The share of good events, such as 0.95. */
  readonly objective: number;
  /** Of a latency: what counts as good. */
  readonly thresholdSeconds?: number;
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
        return [
          slo.id,
          { objective: slo.objective, ...(slo.type === "latency" && { thresholdSeconds: slo.thresholdSeconds }), touches },
        ] as const;
      }),
    ),
  );
}

/** What the steps of a journey add up to, as it is deployed. */
export interface DeployedJourney {
  readonly title: string;
  readonly quantile: number;
  readonly budgetSeconds: number;
  readonly spentSeconds: number;
}

/** Every journey of the model by its id. */
export function journeysOf({ journeys }: Model): Readonly<Record<string, DeployedJourney>> {
  return Object.fromEntries(
    journeys.map((journey) => {
      const { id, title, quantile, budgetSeconds } = journey;
      return [id, { title, quantile, budgetSeconds, spentSeconds: journeyBudget(journey).spentSeconds }];
    }),
  );
}
