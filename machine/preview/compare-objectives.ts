import { z } from "zod";
import { type Change, compareNamed, differing } from "./change";

const objectives = z.record(z.string(), z.object({ objective: z.string(), touches: z.array(z.string()) }));
const journeys = z.array(z.string());

type Outputs = Readonly<Record<string, unknown>>;

/** The objectives that are tightened or loosened, and what becomes of the journeys' budgets: from the outputs of the stack. */
export function compareObjectives(before: Outputs, after: Outputs): readonly Change[] {
  return [
    ...compareNamed(
      "objective",
      { before: objectivesIn(before), after: objectivesIn(after) },
      {
        added: (_, { objective }) => ({ after: objective }),
        removed: (_, { objective }) => ({ before: objective }),
        changed: (was, now) =>
          differing("objective", was.objective, now.objective).map((change) => ({
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

/** "520 ms of 600 ms (95 %), 80 ms left" by the title of the journey: the first line of its table. */
function budgetsIn(outputs: Outputs): ReadonlyMap<string, string> {
  const tables = journeys.safeParse(outputs["journeys"]).data ?? [];
  return new Map(
    tables.flatMap((table) => {
      const [, title, budget] = /^(.+): (.+)$/m.exec(table) ?? [];
      return title === undefined || budget === undefined ? [] : [[title, budget] as const];
    }),
  );
}
