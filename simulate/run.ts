import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { indexOf, type Model } from "../model/model";
import { renderInhibitions } from "../render/inhibitions";
import { renderRuleObjects } from "../render/prometheus-rule";
import type { RuleGroup } from "../render/rule-groups";
import { targetsOf } from "./convention";
import { judgeGates, queriesOf } from "./gate-question";
import { judge } from "./judge";
import { notificationsOf, type Notification } from "./notifications";
import { readSamples, type PrintedSample } from "./promtool-output";
import { renderTest } from "./promtool-test";
import { relevantTo } from "./relevant-rules";
import { scrapeAll } from "./scrape";
import type { StoredSeries } from "./stored-series";
import { nameOf, type Situation, type View } from "./situation";
import { timelineOf, type Timeline } from "./timeline";
import { goodDay, type World } from "./world";

/** A situation under one view. */
export interface Play {
  readonly situation: Situation;
  readonly view: View;
}

/** What came of a play. */
export interface Played extends Play {
  readonly name: string;
  readonly timeline: Timeline;
  readonly notifications: readonly Notification[];
  /** What is not as expected. */
  readonly complaints: readonly string[];
}

const links = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};

/** How situations are played. */
export interface PlayOptions {
  /** The path of promtool. */
  readonly promtool: string;
  /** How many of it at once. */
  readonly processes: number;
  /** Told of each as soon as it is played, in no particular order. */
  readonly onPlayed?: (played: Played) => void;
}

/** So many plays go into one process. */
const playsPerProcess = 8;

/** Plays situations against the rules of a model in promtool. */
export async function playAll(model: Model, plays: readonly Play[], options: PlayOptions): Promise<readonly Played[]> {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  try {
    const groups = ruleGroups(model);
    const waiting = plays.map((play, number) => ({ play, path: join(folder, String(number)) }));
    const played = new Map<Play, Played>();
    const work = async (): Promise<void> => {
      for (let batch = waiting.splice(0, playsPerProcess); batch.length > 0; batch = waiting.splice(0, playsPerProcess)) {
        const files = batch.map(({ play, path }) => writeTest(path, model, play, groups));
        const samples = readSamples(await runPromtool(options.promtool, files));
        for (const { play } of batch) {
          const came = outcome(model, play, samples);
          played.set(play, came);
          options.onPlayed?.(came);
        }
      }
    };
    await Promise.all(Array.from({ length: options.processes }, work));
    return plays.flatMap((play) => played.get(play) ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcome(model: Model, play: Play, samples: ReadonlyMap<string, readonly PrintedSample[]>): Played {
  const { situation, view } = play;
  const { everySeconds = 15, historySeconds, lastsSeconds, gates = [] } = situation;
  const name = nameOf(situation, view);
  const observed = (samples.get(name) ?? []).map(({ second, labels }) => ({ second: second - historySeconds, labels }));
  // A watchdog always fires: it is no news.
  const news = observed.filter(({ labels }) => labels["severity"] !== "none");
  const timeline = timelineOf(news, everySeconds, lastsSeconds);
  const notifications = notificationsOf(timeline, renderInhibitions(model));
  const complaints = judge(situation.expect, { notifications, service: situation.service });
  const answers = gates.map((question, index) => {
    const read = (id: string): readonly PrintedSample[] => samples.get(questionId(name, index, id)) ?? [];
    const values = queriesOf(question).flatMap(({ id }) => read(id).map(({ value }): [string, number] => [id, value]));
    return judgeGates(question, new Map(values));
  });
  return { ...play, name, timeline, notifications, complaints: [...complaints, ...answers.flat()] };
}

function questionId(name: string, index: number, query: string): string {
  return `${name} gate ${index} ${query}`;
}

/** Writes the test of one play, and the rules on which its situation can have an effect; answers with the test's path. */
function writeTest(path: string, model: Model, { situation, view }: Play, all: readonly RuleGroup[]): string {
  const { everySeconds = 15, historySeconds, lastsSeconds, gates = [] } = situation;
  const name = nameOf(situation, view);
  const questions = gates.flatMap((question, index) =>
    queriesOf(question).map(({ id, expr }) => ({ id: questionId(name, index, id), expr, second: question.atSecond })),
  );
  const usual = storedIn(goodDay(model.services), situation, view);
  const { groups, stored } = relevantTo(
    usual,
    { groups: all, stored: storedIn(situation.world(view), situation, view) },
    questions.map(({ expr }) => expr),
  );
  const test = renderTest(name, stored, { everySeconds, historySeconds, lastsSeconds }, questions);
  const file = {
    rule_files: [`${path}.rules.yaml`],
    evaluation_interval: `${everySeconds}s`,
    group_eval_order: groups.map((group) => group.name),
    tests: [test],
  };
  writeFileSync(`${path}.rules.yaml`, JSON.stringify({ groups }));
  writeFileSync(`${path}.test.yaml`, JSON.stringify(file));
  return `${path}.test.yaml`;
}

function ruleGroups(model: Model): readonly RuleGroup[] {
  const index = indexOf(model);
  return model.services.flatMap((service) => renderRuleObjects(service, index, links).flatMap((object) => object.groups));
}

function storedIn(
  world: World,
  { historySeconds, lastsSeconds }: Situation,
  { convention, scrapeSeconds }: View,
): readonly StoredSeries[] {
  const scraping = { everySeconds: scrapeSeconds, historySeconds, lastsSeconds, missing: world.missing };
  return scrapeAll(targetsOf(world, convention), scraping);
}

function runPromtool(promtool: string, files: readonly string[]): Promise<string> {
  return new Promise((done, reject) => {
    execFile(promtool, ["test", "rules", ...files], { maxBuffer: 1 << 30 }, (_, stdout, stderr) => {
      const printed = `${stdout}\n${stderr}`;
      const error = /^ +rule: .*err: .*$|^(?!.*ALERTS #).*error.*$/m.exec(printed)?.[0];
      if (error !== undefined) reject(new Error(`promtool cannot evaluate the rules: ${error.trim()}`));
      else done(printed);
    });
  });
}
