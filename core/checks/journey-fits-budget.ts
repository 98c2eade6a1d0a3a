import { journeyBudget } from "../model/journey";
import { formatValue } from "../model/unit";
import { renderJourneyTable } from "../render/journey-table";
import { problem, type Check } from "./check";

/** What the services promise adds up to what the user was promised. */
export const journeyFitsBudget: Check = {
  id: "journey-fits-budget",
  description: "The objectives of a journey's steps, added up (parallel ones by their maximum), fit its budget.",
  severity: "error",
  run: (model) =>
    model.journeys.flatMap((journey) => {
      const { leftSeconds } = journeyBudget(journey);
      if (leftSeconds >= 0) return [];
      const over = formatValue(-leftSeconds, "s");
      return [
        problem(
          { file: "services/journeys.ts", name: journey.id },
          `its steps take ${over} more than its budget. Tighten an objective, or agree on a larger budget.\n${renderJourneyTable(journey)}`,
        ),
      ];
    }),
};
