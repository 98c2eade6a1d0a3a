import { createHash } from "node:crypto";
import type { Model } from "../model/model";
import type { RuleGroup } from "../render/rule-groups";
import { targetsOf } from "./convention";
import { queriesOf } from "./gate-question";
import { renderTest, type Question } from "./promtool-test";
import { relevantTo } from "./relevant-rules";
import { scrapeAll } from "./scrape";
import { evaluationSecondsOf, type Situation, type View } from "./situation";
import type { StoredSeries } from "./stored-series";
import { goodDay, type World } from "./world";
import { worldAt } from "./world-at";

/** A situation under one view. */
export interface Play {
  readonly situation: Situation;
  readonly view: View;
}

/** A play as promtool runs it. Plays in which the same happens have the same id, and need to be run once. */
export interface PreparedPlay {
  readonly id: string;
  readonly rules: string;
  readonly test: string;
}

/** The id of a gate's query within a play. */
export function questionId(id: string, question: number, query: string): string {
  return `${id} gate ${question} ${query}`;
}

/** The query that answers always: promtool has run the play. */
export function playedId(id: string): string {
  return `${id} played`;
}

const placeholder = "@play";

/** The id of a query that was asked beside those of the situation. */
export function askedId(id: string, query: string): string {
  return `${id} asked ${query}`;
}

/**
 * What promtool needs for a play: the rules on which its situation can have an effect, and what they and the queries that are
 * asked beside them read.
 */
export function preparePlay(
  model: Model,
  { situation, view }: Play,
  all: readonly RuleGroup[],
  asked: readonly Question[] = [],
): PreparedPlay {
  const { historySeconds, lastsSeconds, gates = [] } = situation;
  const everySeconds = evaluationSecondsOf(situation, view);
  const ofGates = gates.flatMap((question, index) =>
    queriesOf(question).map(({ id, expr }) => ({ id: questionId(placeholder, index, id), expr, second: question.atSecond })),
  );
  const questions = [...ofGates, ...asked.map((question) => ({ ...question, id: askedId(placeholder, question.id) }))];
  const { groups, stored } = relevantTo(
    storedIn(worldAt(goodDay(model.services), model), situation, view),
    { groups: all, stored: storedIn(worldAt(situation.world(view), model), situation, view) },
    [...new Set(questions.map(({ expr }) => expr))],
  );
  const isPlayed = { id: playedId(placeholder), expr: "vector(1)", second: 0 };
  const file = {
    rule_files: [`${placeholder}.rules.yaml`],
    evaluation_interval: `${everySeconds}s`,
    group_eval_order: groups.map((group) => group.name),
    tests: [renderTest(placeholder, stored, { everySeconds, historySeconds, lastsSeconds }, [...questions, isPlayed])],
  };
  const [rules, test] = [JSON.stringify({ groups }), JSON.stringify(file)];
  const id = createHash("sha256").update(rules).update(test).digest("hex").slice(0, 16);
  return { id, rules, test: test.replaceAll(placeholder, id) };
}

function storedIn(
  world: World,
  { historySeconds, lastsSeconds }: Situation,
  { convention, scrapeSeconds }: View,
): readonly StoredSeries[] {
  const scraping = { everySeconds: scrapeSeconds, historySeconds, lastsSeconds, missing: world.missing };
  return scrapeAll(targetsOf(world, convention), scraping);
}
