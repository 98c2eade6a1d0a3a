import { journeyBudget, loosestThreshold, stepSeconds, type Journey, type JourneyStep } from "../model/journey";
import { describeObjective } from "../model/slo";
import { formatValue } from "../model/unit";
import { alignColumns } from "./columns";

/** The budget of a journey as a table: step, owner, objective, share of the budget; what is left; and what the sum is worth. */
export function renderJourneyTable(journey: Journey): string {
  const { spentSeconds, leftSeconds, guaranteedQuantile, neededQuantile } = journeyBudget(journey);
  const rows = [
    ["step", "owner", "objective", "share of the budget", "may be loosened to"],
    ...journey.steps.flatMap((step) => stepRows(journey, step)),
  ];
  const quantile = formatValue(journey.quantile, "percentunit");
  return [
    `${journey.title}: ${formatValue(spentSeconds, "s")} of ${formatValue(journey.budgetSeconds, "s")} (${quantile}), ` +
      (leftSeconds < 0 ? `${formatValue(-leftSeconds, "s")} over` : `${formatValue(leftSeconds, "s")} left`),
    ...alignColumns(rows).map((line) => `  ${line}`),
    `  Adding quantiles is the operations team's rule. In the worst case this sum guarantees ${formatValue(guaranteedQuantile, "percentunit")} of the journeys;`,
    `  for ${quantile} each step would have to keep its time in ${formatValue(neededQuantile, "percentunit")} of the cases.`,
  ].join("\n");
}

/** Parallel steps share one entry: the slowest counts. */
function stepRows(journey: Journey, step: JourneyStep): readonly string[][] {
  const parts = "parallel" in step ? step.parallel : [step];
  const counted = stepSeconds(step);
  return parts.map((part, index) => {
    const loosest = loosestThreshold(journey, part);
    const loosened = loosest !== undefined && loosest > part.slo.thresholdSeconds ? formatValue(loosest, "s") : "–";
    const share =
      part.slo.thresholdSeconds === counted ? `${(100 * (counted / journey.budgetSeconds)).toFixed(1)} %` : "(in parallel)";
    return [
      `${"parallel" in step && index > 0 ? "∥ " : ""}${part.slo.title}`,
      part.owner,
      describeObjective(part.slo),
      share,
      loosened,
    ];
  });
}
