import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupBy } from "../model/group-by";
import { indexOf, type Model } from "../model/model";
import { renderInhibitions } from "../render/inhibitions";
import { renderRuleObjects } from "../render/prometheus-rule";
import type { RuleGroup } from "../render/rule-groups";
import { targetsOf } from "./convention";
import { judge } from "./judge";
import { notificationsOf, type Notification } from "./notifications";
import { readAlerts } from "./promtool-output";
import { renderTest, type PromtoolTest } from "./promtool-test";
import { scrapeAll } from "./scrape";
import { nameOf, type Situation, type View } from "./situation";
import { timelineOf, type Observation, type Timeline } from "./timeline";

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
    const files = writeTests(folder, model, plays, options.processes);
    const printed = await Promise.all(files.map((batch) => runPromtool(options.promtool, batch)));
    const observed = readAlerts(printed.join("\n"));
    return plays.map((play) => outcome(model, play, observed.get(nameOf(play.situation, play.view)) ?? []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcome(model: Model, play: Play, observations: readonly Observation[]): Played {
  const { situation, view } = play;
  const { everySeconds = 15, historySeconds, lastsSeconds } = situation;
  const shifted = observations.map(({ second, labels }) => ({ second: second - historySeconds, labels }));
  const timeline = timelineOf(shifted, everySeconds, lastsSeconds);
  const notifications = notificationsOf(timeline, renderInhibitions(model));
  const complaints = judge(situation.expect, { notifications, service: situation.service });
  return { ...play, name: nameOf(situation, view), timeline, notifications, complaints };
}

/** The test files of each process. A file holds the tests with one evaluation interval. */
function writeTests(folder: string, model: Model, plays: readonly Play[], processes: number): readonly (readonly string[])[] {
  const groups = ruleGroups(model);
  const rules = join(folder, "rules.yaml");
  writeFileSync(rules, JSON.stringify({ groups }));
  const batches = split(plays, processes);
  return batches.map((batch, process) =>
    [...groupBy(batch, ({ situation }) => situation.everySeconds ?? 15)].map(([everySeconds, members]) => {
      const path = join(folder, `${process}-${everySeconds}.test.yaml`);
      const file = {
        rule_files: [rules],
        evaluation_interval: `${everySeconds}s`,
        group_eval_order: groups.map(({ name }) => name),
        tests: members.map(testOf),
      };
      writeFileSync(path, JSON.stringify(file));
      return path;
    }),
  );
}

function ruleGroups(model: Model): readonly RuleGroup[] {
  const index = indexOf(model);
  return model.services.flatMap((service) => renderRuleObjects(service, index, links).flatMap((object) => object.groups));
}

function testOf({ situation, view }: Play): PromtoolTest {
  const { everySeconds = 15, historySeconds, lastsSeconds } = situation;
  const world = situation.world(view);
  const stored = scrapeAll(targetsOf(world, view.convention), {
    everySeconds: view.scrapeSeconds,
    historySeconds,
    lastsSeconds,
    missing: world.missing,
  });
  return renderTest(nameOf(situation, view), stored, { everySeconds, historySeconds, lastsSeconds });
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
      const error = /^ +rule: .*err: .*$|^.*error.*$/m.exec(printed)?.[0];
      if (error !== undefined) reject(new Error(`promtool cannot evaluate the rules: ${error.trim()}`));
      else done(printed);
    });
  });
}
