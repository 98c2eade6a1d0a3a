import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { indexOf, type Model } from "../model/model";
import { renderInhibitions } from "../render/inhibitions";
import { renderRuleObjects } from "../render/prometheus-rule";
import type { RuleGroup } from "../render/rule-groups";
import { judgeGates, queriesOf } from "./gate-question";
import { judge } from "./judge";
import { notificationsOf, type Notification } from "./notifications";
import { askedId, preparePlay, questionId, type Play } from "./prepared-play";
import type { PrintedSample } from "./promtool-output";
import type { Question } from "./promtool-test";
import { runPlays, type Printed } from "./promtool-runs";
import { evaluationSecondsOf, nameOf } from "./situation";
import { timelineOf, type Timeline } from "./timeline";

/** What came of a play. */
export interface Played extends Play {
  readonly name: string;
  readonly timeline: Timeline;
  readonly notifications: readonly Notification[];
  /** What is not as expected. */
  readonly complaints: readonly string[];
  /** What the queries gave that were asked beside, by their ids, in seconds of the situation. */
  readonly answers: ReadonlyMap<string, readonly PrintedSample[]>;
}

/** How situations are played. */
export interface PlayOptions {
  /** The path of promtool. */
  readonly promtool: string;
  /** How many of it at once. */
  readonly processes: number;
  /** Queries to evaluate beside the rules. None when left out. */
  readonly ask?: (play: Play) => readonly Question[];
  /** Ends the playing; what is played by then is lost. */
  readonly signal?: AbortSignal;
  /** Told of each as soon as it is played, in no particular order. */
  readonly onPlayed?: (played: Played) => void;
}

const environment = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};

/** So many plays go into one process. */
const playsPerProcess = 8;

/** Plays situations against the rules of a model in promtool. What is the same in several of them is run once. */
export async function playAll(model: Model, plays: readonly Play[], options: PlayOptions): Promise<readonly Played[]> {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  try {
    const groups = ruleGroups(model);
    const waiting = [...plays];
    const runs = new Map<string, Promise<Printed>>();
    const played = new Map<Play, Played>();
    const work = async (): Promise<void> => {
      for (let batch = waiting.splice(0, playsPerProcess); batch.length > 0; batch = waiting.splice(0, playsPerProcess)) {
        const prepared = batch.map((play) => {
          const asked = options.ask?.(play) ?? [];
          return { play, asked, ...preparePlay(model, play, groups, asked) };
        });
        const fresh = new Map(prepared.filter(({ id }) => !runs.has(id)).map((each) => [each.id, each]));
        const run = runPlays({ ...options, folder }, [...fresh.values()]);
        for (const id of fresh.keys()) runs.set(id, run);
        for (const { play, id, asked } of prepared) {
          const came = outcome(model, { play, id, asked }, (await runs.get(id)) ?? new Map());
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

function ruleGroups(model: Model): readonly RuleGroup[] {
  const index = indexOf(model);
  return model.services.flatMap((service) => renderRuleObjects(service, index, environment).flatMap((object) => object.groups));
}

interface Run {
  readonly play: Play;
  readonly id: string;
  readonly asked: readonly Question[];
}

function outcome(model: Model, { play, id, asked }: Run, printed: Printed): Played {
  const { situation, view } = play;
  const { historySeconds, lastsSeconds, gates = [] } = situation;
  const observed = (printed.get(id) ?? []).map(({ second, labels }) => ({ second: second - historySeconds, labels }));
  // A watchdog always fires: it is no news.
  const news = observed.filter(({ labels }) => labels["severity"] !== "none");
  const timeline = timelineOf(news, evaluationSecondsOf(situation, view), lastsSeconds);
  const notifications = notificationsOf(timeline, renderInhibitions(model));
  const complaints = judge(situation.expect, { notifications, service: situation.service });
  const gateComplaints = gates.flatMap((question, index) => {
    const values = queriesOf(question).flatMap(({ id: query }) =>
      (printed.get(questionId(id, index, query)) ?? []).map(({ value }): [string, number] => [query, value]),
    );
    return judgeGates(question, new Map(values));
  });
  const ids = [...new Set(asked.map((question) => question.id))];
  const answers = new Map(
    ids.map((query) => [
      query,
      (printed.get(askedId(id, query)) ?? []).map((sample) => ({ ...sample, second: sample.second - historySeconds })),
    ]),
  );
  const name = nameOf(situation, view);
  return { ...play, name, timeline, notifications, complaints: [...complaints, ...gateComplaints], answers };
}
