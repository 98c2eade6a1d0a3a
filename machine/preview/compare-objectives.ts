import { z } from "zod";
import { describeObjective } from "../../core/model/slo";
import { formatValue } from "../../core/model/unit";
import type { Change } from "../../core/model/change";
import { compareNamed, differing } from "./compare-named";

const objectives = z.record(
  z.string(),
  z.object({ objective: z.number(), thresholdSeconds: z.number().optional(), touches: z.array(z.string()) }),
);
const journeys = z.record(
  z.string(),
  z.object({ title: z.string(), quantile: z.number(), budgetSeconds: z.number(), spentSeconds: z.number() }),
);

type Outputs = Readonly<Record<string, unknown>>;

/** The objectives that are tightened or loosened, and what becomes of the journeys' budgets: from the outputs of the stack. */
export function compareObjectives(before: Outputs, after: Outputs): readonly Change[] {
  return [
    ...compareNamed(
      "objective",
      { before: objectivesIn(before), after: objectivesIn(after) },
      {
        added: (_, now) => ({ after: describeObjective(now) }),
        removed: (_, was) => ({ before: describeObjective(was) }),
        changed: (was, now) =>
          differing("objective", describeObjective(was), describeObjective(now)).map((change) => ({
            ...change,
            ...(now.touches.length > 0 && { note: `Touches ${now.touches.join(", ")}.` }),
          })),
      },
    ),
    ...compareNamed(
      "journey",
      { before: budgetsIn(before), after: budgetsIn(after) },
      {
        added: (_, budget) => ({ after: budget }),
        removed: (_, budget) => ({ before: budget }),
        changed: (was, now) => differing("budget", was, now),
      },
    ),
  ];
}

function objectivesIn(outputs: Outputs) {
  return new Map(Object.entries(objectives.safeParse(outputs["objectives"]).data ?? {}));
}

/** "520 ms of 600 ms (95 %), 80 ms left" by the title of the journey. */
function budgetsIn(outputs: Outputs): ReadonlyMap<string, string> {
  const deployed = Object.values(journeys.safeParse(outputs["journeys"]).data ?? {});
  return new Map(
    deployed.map(({ title, quantile, budgetSeconds, spentSeconds }) => {
      const left = Number((budgetSeconds - spentSeconds).toPrecision(9));
      const rest = left < 0 ? `${formatValue(-left, "s")} over` : `${formatValue(left, "s")} left`;
      return [
        title,
        `${formatValue(spentSeconds, "s")} of ${formatValue(budgetSeconds, "s")} (${formatValue(quantile, "percentunit")}), ${rest}`,
      ];
    }),
  );
}
