import { queryOf } from "../../../core/model/query";
import type { PromqlGate } from "../../../core/model/rollout";

/** A gate that matters only in what is given here. */
export function gateOf(given: Partial<PromqlGate>): PromqlGate {
  return {
    type: "promql",
    id: "nearly-empty",
    title: "Nearly empty",
    reason: "The meetings that are left end with the pod.",
    query: queryOf("sum(mc_meetings_active)"),
    holds: { below: 10 },
    ...given,
  };
}
