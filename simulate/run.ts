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

/** Plays situations against the rules of a model in promtool, in so many processes at once. */
export async function playAll(
  model: Model,
  plays: readonly Play[],
  options: { readonly promtool: string; readonly processes: number },
): Promise<readonly Played[]> {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  try {
    const groups = ruleGroups(model);
    const batches = split(plays, options.processes);
    const printed = await Promise.all(
      batches.map((batch, process) => {
        const files = batch.map((play, place) => writeTest(join(folder, `${process}-${place}`), model, play, groups));
        return runPromtool(options.promtool, files);
      }),
    );
    const samples = readSamples(printed.join("\n"));
    return plays.map((play) => outcome(model, play, samples));
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

/** Each process gets as much to evaluate as the others, as far as that can be foreseen. */
function split(plays: readonly Play[], processes: number): readonly (readonly Play[])[] {
  const cost = ({ situation }: Play): number =>
    (situation.historySeconds + situation.lastsSeconds) / (situation.everySeconds ?? 15);
  const batches = Array.from({ length: processes }, () => ({ plays: [] as Play[], cost: 0 }));
  for (const play of [...plays].sort((a, b) => cost(b) - cost(a))) {
    const least = batches.reduce((best, batch) => (batch.cost < best.cost ? batch : best));
    least.plays.push(play);
    least.cost += cost(play);
  }
  return batches.map((batch) => batch.plays).filter((batch) => batch.length > 0);
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
