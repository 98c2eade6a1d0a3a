import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import type { RuleGroup } from "../render/rule-groups";
import type { AlertmanagerConfiguration } from "./alertmanager-configuration";
import { startClock } from "./clock";
import { inTemporaryFolder, startLocalServer, type LocalServer } from "./local-server";
import { startRecorded, type Message } from "./recorded-alertmanager";
import { encodeWriteRequest } from "./remote-write";
import { scaleDuration, scaleGroups } from "./scaled-rules";
import type { StoredSeries } from "./stored-series";
import { watchAlerts, type SeenAlert } from "./seen-alerts";

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
    await store(prometheus, encodeWriteRequest(options.series, clock.at));
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
  const prometheus = await startLocalServer({
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
      "--storage.tsdb.path=data",
      "--web.enable-remote-write-receiver",
      "--web.enable-lifecycle",
      `--query.lookback-delta=${scaleDuration("5m", factor)}`,
      `--rules.alert.resend-delay=${scaleDuration("1m", factor)}`,
    ],
  });
  return untilReady(prometheus);
}

async function store(prometheus: LocalServer, request: Buffer): Promise<void> {
  const headers = {
    "Content-Encoding": "snappy",
    "Content-Type": "application/x-protobuf",
    "X-Prometheus-Remote-Write-Version": "0.1.0",
  };
  await post(`${prometheus.url}/api/v1/write`, { headers, body: new Uint8Array(request) });
}

async function post(url: string, request: RequestInit): Promise<void> {
  const response = await fetch(url, { method: "POST", ...request });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}

/** It listens before it can store anything. */
async function untilReady(prometheus: LocalServer): Promise<LocalServer> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const response = await fetch(`${prometheus.url}/-/ready`);
    if (response.ok) return prometheus;
    await sleep(50);
  }
  prometheus.stop();
  throw new Error("Prometheus is not ready after half a minute.");
}
