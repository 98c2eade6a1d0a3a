import { forController, gatesOf, isWithin, type Limit, type Rollout, type RolloutPhase } from "../model/rollout";

/** What the gates of a phase must answer at a moment, for one controller. */
export interface GateQuestion {
  readonly rollout: Rollout;
  readonly controller: string;
  readonly phase: RolloutPhase;
  /** Only this gate. All of the phase when left out. */
  readonly gate?: string;
  readonly atSecond: number;
  /**
   * `can tell`: it holds or not, but there is data. `left to the database`: Prometheus cannot know it of this controller, and
   * so its number is judged by nothing. Such gates say nothing where others are asked whether they hold.
   */
  readonly answer: "holds" | "does not hold" | "can tell" | "left to the database";
}

/** A query of a gate, and what it must be. */
export interface GateQuery {
  readonly id: string;
  readonly expr: string;
  readonly holds?: Limit;
}

/** The queries of the gates, of those in a database what the dashboard shows of them. */
export function queriesOf({ rollout, controller, phase, gate }: GateQuestion): readonly GateQuery[] {
  return gatesOf(rollout, phase)
    .filter(({ id }) => gate === undefined || id === gate)
    .map((each) => {
      const { query, holds } = each.type === "promql" ? each : each.seenAs;
      return { id: each.id, expr: forController(query.expr, controller), ...(holds && { holds }) };
    });
}

/** What is not as expected of the answers, by the queries' ids. */
export function judgeGates(question: GateQuestion, answers: ReadonlyMap<string, number>): readonly string[] {
  const queries = queriesOf(question);
  const where = `${question.phase} of ${question.controller} at ${question.atSecond} s`;
  const told = queries.map(({ id }) => `${id} = ${answers.get(id) ?? "no data"}`).join(", ");
  const known = queries.every(({ id }) => answers.has(id));
  const holds = queries.every(({ id, holds: limit }) => !limit || isWithin(answers.get(id) ?? Number.NaN, limit));
  switch (question.answer) {
    case "can tell":
      return known ? [] : [`${where} cannot tell: ${told}`];
    case "holds":
      return holds ? [] : [`${where} does not hold: ${told}`];
    case "does not hold":
      return holds ? [`${where} holds: ${told}`] : [];
    case "left to the database":
      return queries.some(({ holds: limit }) => limit) ? [`${where} is judged in Prometheus: ${told}`] : [];
  }
}
