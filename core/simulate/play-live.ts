import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RuleGroup } from "../render/rule-groups";
import type { AlertmanagerConfiguration } from "./alertmanager-configuration";
import { startClock } from "./clock";
import { inTemporaryFolder, type LocalServer } from "./local-server";
import { startRecorded, type Message } from "./recorded-alertmanager";
import { scaleDuration, scaleGroups } from "./scaled-rules";
import type { StoredSeries } from "./stored-series";
import { watchAlerts, type SeenAlert } from "./seen-alerts";
import { post, startWrittenPrometheus, writeSeries } from "./written-prometheus";

/** What is played, with seconds that count from the start of the situation. */
export interface LivePlay {
  /** What Prometheus stores, the history included. */
  readonly series: readonly StoredSeries[];
  readonly lastsSeconds: number;
  readonly groups: readonly RuleGroup[];
  readonly alertmanager: AlertmanagerConfiguration;
  /** The paths of the two programs. */
  readonly commands: { readonly prometheus: string; readonly alertmanager: string };
  /** How often rules are evaluated. 30 when left out, the operator's default. */
  readonly evaluationSeconds?: number;
  /** By how much time is compressed. 60 when left out: a minute passes in a second. */
  readonly factor?: number;
}

/** What came of it. */
export interface PlayedLive {
  /** What reached receivers, in order. */
  readonly messages: readonly Message[];
  /** What Alertmanager was sent, in order. */
  readonly alerts: readonly SeenAlert[];
}

/**
 * So long before the situation rules are evaluated already: recordings have values, and nothing is pending. In real
 * seconds, because that is what it takes to load them.
 */
const warmUpSeconds = 10;

/** Plays a situation through the real Prometheus and the real Alertmanager, in compressed time. */
export async function playLive(options: LivePlay): Promise<PlayedLive> {
  return inTemporaryFolder((folder) => playIn(folder, options));
}

async function playIn(folder: string, options: LivePlay): Promise<PlayedLive> {
  const { factor = 60, evaluationSeconds = 30, lastsSeconds, commands } = options;
  const { alertmanager: configuration } = options;
  const alertmanager = await startRecorded({ configuration, command: commands.alertmanager, folder, factor });
  const running = [alertmanager.stop];
  try {
    const prometheus = await startPrometheus(options, { folder, factor, alertmanagerUrl: alertmanager.url });
    running.push(prometheus.stop);
    const clock = startClock(factor, warmUpSeconds * factor);
    await writeSeries(prometheus, options.series, clock.at);
    // Not before the samples are stored, or each absent() would hold for a moment.
    writeFileSync(join(folder, "play.rules.yml"), stringify({ groups: scaleGroups(options.groups, factor) }));
    await post(`${prometheus.url}/-/reload`, {});
    if (clock.secondAt(Date.now()) > -evaluationSeconds)
      throw new Error(`Loading the rules took longer than ${warmUpSeconds} s: this machine is too busy for a play.`);
    const alerts = await watchAlerts(alertmanager.url, clock, lastsSeconds);
    return { alerts, messages: alertmanager.messagesBy(clock) };
  } finally {
    for (const stop of running) stop();
  }
}

async function startPrometheus(
  { commands, evaluationSeconds = 30 }: LivePlay,
  { folder, factor, alertmanagerUrl }: { readonly folder: string; readonly factor: number; readonly alertmanagerUrl: string },
): Promise<LocalServer> {
  return startWrittenPrometheus({
    command: commands.prometheus,
    folder,
    configuration: stringify({
      global: { evaluation_interval: scaleDuration(`${evaluationSeconds}s`, factor) },
      rule_files: ["*.rules.yml"],
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }],
      },
    }),
    args: [
      "--web.enable-lifecycle",
      `--query.lookback-delta=${scaleDuration("5m", factor)}`,
      `--rules.alert.resend-delay=${scaleDuration("1m", factor)}`,
    ],
  });
}
