import { forController, gatesOf, isWithin, type Limit, type Rollout, type RolloutPhase } from "../model/rollout";

/** What the gates of a phase must answer at a moment, for one controller. */
export interface GateQuestion {
  readonly rollout: Rollout;
  readonly controller: string;
  readonly phase: RolloutPhase;
  /** Only this gate. All of the phase when left out. */
  readonly gate?: string;
  readonly atSecond: number;
  /** `can tell`: it holds or not, but there is data. */
  readonly answer: "holds" | "does not hold" | "can tell";
}

/** A query of a gate, and what it must be. */
export interface GateQuery {
  readonly id: string;
  readonly expr: string;
  readonly holds: Limit;
}

/** The queries of the gates. Of a gate in the database, what the dashboard shows of it, where that is a condition and no mere number. */
export function queriesOf({ rollout, controller, phase, gate }: GateQuestion): readonly GateQuery[] {
  return gatesOf(rollout, phase)
    .filter(({ id }) => gate === undefined || id === gate)
    .flatMap((each) => {
      const { query, holds } = each.type === "promql" ? each : each.seenAs;
      return holds ? [{ id: each.id, expr: forController(query.expr, controller), holds }] : [];
    });
}

/** What is not as expected of the answers, by the queries' ids. */
export function judgeGates(question: GateQuestion, answers: ReadonlyMap<string, number>): readonly string[] {
  const queries = queriesOf(question);
  const where = `${question.phase} of ${question.controller} at ${question.atSecond} s`;
  const told = queries.map(({ id }) => `${id} = ${answers.get(id) ?? "no data"}`).join(", ");
  const known = queries.every(({ id }) => answers.has(id));
  const holds = queries.length > 0 && queries.every((query) => isWithin(answers.get(query.id) ?? Number.NaN, query.holds));
  switch (question.answer) {
    case "can tell":
      return known ? [] : [`${where} cannot tell: ${told}`];
    case "holds":
      return holds ? [] : [`${where} does not hold: ${told}`];
    case "does not hold":
      return holds ? [`${where} holds: ${told}`] : [];
  }
}
