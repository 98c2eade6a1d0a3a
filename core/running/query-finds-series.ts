import { problem } from "../checks/check";
import { queriesIn } from "../model/queries";
import type { LiveCheck } from "./live-check";
import { contextOf, reasonsOf } from "./why-empty";

/** A panel or a command that asks for what nobody exports shows nothing. What may still come is no fault of theirs. */
export const queryFindsSeries: LiveCheck = {
  id: "query-finds-series",
  description:
    "What panels, recording rules and runbook commands select is there under the name and the labels that they ask for.",
  severity: "error",
  run: (declared, running) => {
    const context = contextOf(declared, running);
    if (!context) return [];
    const found = queriesIn(declared.model)
      .filter(({ kind }) => kind !== "alert")
      .flatMap(({ expr, kind, subject }) =>
        reasonsOf(expr, context)
          .filter(({ kind: why }) => why === "wrong")
          .map(({ words }) => problem(subject, `the ${kind} shows nothing as things are: ${words}`)),
      );
    return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  },
};
