import { forController, gatesOf, isWithin, type Gate, type Rollout, type RolloutPhase } from "../../core/model/rollout";
import type { Answer } from "./answer";
import { askDatabase } from "./database";
import { askForNumber } from "./prometheus";
import type { GateRequest } from "./request";

/** Whether a gate is open. */
export type Verdict = "holds" | "does not hold" | "cannot tell";

/** A gate and what its server says about it now. */
export interface GateResult {
  /** `<service>/<phase>/<id>`. */
  readonly name: string;
  readonly gate: Gate;
  readonly answer: Answer;
  readonly verdict: Verdict;
}

/** Asks for every gate of a phase, also after one that does not hold: a person repairs all of them at once. */
export function evaluate(request: GateRequest, phase: RolloutPhase, signal: AbortSignal): Promise<readonly GateResult[]> {
  return Promise.all(
    gatesToAsk(request, phase).map(async (gate) => {
      const answer = await ask(gate, request, signal);
      return { name: `${request.service}/${phase}/${gate.id}`, gate, answer, verdict: verdictOn(answer, gate) };
    }),
  );
}

function gatesToAsk({ rollout, since }: GateRequest, phase: RolloutPhase): readonly Gate[] {
  const gates = gatesOf(rollout, phase);
  if (since === undefined || phase !== "after") return gates;
  return [replacedGate(rollout, since), ...gates];
}

/** Kubernetes' view is some seconds old: without it, the old pod could pass for the new one right after a rollout. */
function replacedGate({ replaced }: Rollout, since: number): Gate {
  return {
    type: "promql",
    id: "replaced",
    title: "Every pod is new",
    reason: `A pod from before ${new Date(since * 1000).toISOString()} says nothing about the new version.`,
    query: replaced,
    holds: { atLeast: since },
  };
}

async function ask(gate: Gate, { servers, controller }: GateRequest, signal: AbortSignal): Promise<Answer> {
  const { prometheus, database, timeoutSeconds } = servers;
  const deadline = { timeoutSeconds, signal };
  if (gate.type === "promql") {
    if (prometheus === undefined) return { unknown: "no --prometheus was given" };
    return askForNumber(prometheus, forController(gate.query.expr, controller), deadline);
  }
  if (database === undefined) return { unknown: "no --database was given" };
  return askDatabase(database, gate.sql, controller, deadline);
}

/** What an answer means for its gate. No answer is never a good one. */
export function verdictOn(answer: Answer, { holds }: Gate): Verdict {
  if ("unknown" in answer) return "cannot tell";
  return isWithin(answer.value, holds) ? "holds" : "does not hold";
}

/**
 * 0 when all hold, 1 when one does not, 2 when one could not be told. 1 wins over 2: when one does not hold,
 * the answer is no, whatever the others would say.
 */
export function exitCodeOf(results: readonly GateResult[]): 0 | 1 | 2 {
  if (results.some(({ verdict }) => verdict === "does not hold")) return 1;
  return results.length > 0 && results.every(({ verdict }) => verdict === "holds") ? 0 : 2;
}
