import { errorBudget, type LatencySlo } from "./slo";

/** One step after another, or several at once: parallel steps count by the slowest. */
export type JourneyStep = JourneyPart | { readonly parallel: readonly JourneyPart[] };

/** An objective, and the service that answers for it. */
export interface JourneyPart {
  readonly slo: LatencySlo;
  /** The id of the service. */
  readonly owner: string;
}

/** What a user does across services, and how long it may take. */
export interface Journey {
  readonly id: string;
  readonly title: string;
  readonly budgetSeconds: number;
  /** The quantile of the budget and of every step, such as 0.95. */
  readonly quantile: number;
  readonly steps: readonly JourneyStep[];
}

/** What the steps of a journey add up to. */
export interface JourneyBudget {
  readonly spentSeconds: number;
  /** Negative when the steps do not fit. */
  readonly leftSeconds: number;
  /**
   * The quantile that the sum guarantees in the worst case. Adding quantiles is not exact: two steps that each
   * keep their p95 guarantee, by the union bound, only that 90 % of the journeys keep the sum.
   */
  readonly guaranteedQuantile: number;
  /** The quantile that each step would have to keep for the sum to guarantee the journey's own. */
  readonly neededQuantile: number;
}

/** All parts of a journey, in order. */
export function journeyParts(journey: Journey): readonly JourneyPart[] {
  return journey.steps.flatMap((step) => ("parallel" in step ? step.parallel : [step]));
}

/**
 * The budget of a journey by the operations team's rule: serial steps add, parallel ones count by their
 * maximum. The strict figures beside it say what that sum is worth.
 */
export function journeyBudget(journey: Journey): JourneyBudget {
  const parts = journeyParts(journey);
  const spent = journey.steps.reduce((sum, step) => sum + stepSeconds(step), 0);
  const missed = parts.reduce((sum, { slo }) => sum + errorBudget(slo), 0);
  return {
    spentSeconds: tidy(spent),
    leftSeconds: tidy(journey.budgetSeconds - spent),
    guaranteedQuantile: tidy(Math.max(0, 1 - missed)),
    neededQuantile: tidy(1 - (1 - journey.quantile) / parts.length),
  };
}

/** What a step takes: its objective's threshold, or the largest of those that run side by side. */
export function stepSeconds(step: JourneyStep): number {
  return "parallel" in step ? Math.max(...step.parallel.map(({ slo }) => slo.thresholdSeconds)) : step.slo.thresholdSeconds;
}

/** How far an objective may be loosened: the largest bucket of its histogram with which the journey still fits; of a native one, what is left. */
export function loosestThreshold(journey: Journey, part: JourneyPart): number | undefined {
  const { histogram, thresholdSeconds } = part.slo;
  if (histogram.type === "native-histogram") {
    const most = tidy(thresholdSeconds + journeyBudget(journey).leftSeconds);
    return most > 0 ? most : undefined;
  }
  const fitting = histogram.buckets.filter((bound) => journeyBudget(withThreshold(journey, part, bound)).leftSeconds >= 0);
  return fitting.at(-1);
}

function withThreshold(journey: Journey, changed: JourneyPart, thresholdSeconds: number): Journey {
  const change = (part: JourneyPart): JourneyPart =>
    part === changed ? { ...part, slo: { ...part.slo, thresholdSeconds } } : part;
  return {
    ...journey,
    steps: journey.steps.map((step) => ("parallel" in step ? { parallel: step.parallel.map(change) } : change(step))),
  };
}

/** Without the last digits of binary fractions: 0.6 - 0.52 is 0.07999999999999996. */
function tidy(value: number): number {
  return Number(value.toPrecision(9));
}
