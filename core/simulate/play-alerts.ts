import { setTimeout as sleep } from "node:timers/promises";
import type { AlertmanagerConfiguration } from "./alertmanager-configuration";
import { startClock } from "./clock";
import { inTemporaryFolder } from "./local-server";
import { startRecorded, type Message } from "./recorded-alertmanager";

/** An alert as Prometheus would send it, from when until when, in seconds of the situation. */
export interface SentAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly from: number;
  /** It does not end when left out. */
  readonly until?: number;
}

/** What is played: alerts as they come, without the rules behind them. */
export interface AlertPlay {
  readonly alerts: readonly SentAlert[];
  readonly lastsSeconds: number;
  readonly alertmanager: AlertmanagerConfiguration;
  /** The path of Alertmanager. */
  readonly command: string;
  /** By how much time is compressed. 30 when left out: a minute passes in two seconds. */
  readonly factor?: number;
}

/** Sends alerts to the real Alertmanager, in compressed time; answers with what reached receivers, in order. */
export async function playAlerts(options: AlertPlay): Promise<readonly Message[]> {
  return inTemporaryFolder((folder) => playIn(folder, options));
}

async function playIn(folder: string, options: AlertPlay): Promise<readonly Message[]> {
  const { factor = 30, lastsSeconds, alerts, command } = options;
  const alertmanager = await startRecorded({ configuration: options.alertmanager, command, folder, factor });
  try {
    const clock = startClock(factor, 10);
    for (const second of [...new Set(alerts.map(({ from }) => from))].sort((a, b) => a - b)) {
      await sleep(Math.max(0, clock.at(second) - Date.now()));
      await send(
        alertmanager.url,
        alerts
          .filter(({ from }) => from === second)
          .map(({ labels, annotations, from, until = lastsSeconds * 2 }) => ({
            labels,
            annotations,
            startsAt: new Date(clock.at(from)).toISOString(),
            endsAt: new Date(clock.at(until)).toISOString(),
          })),
      );
    }
    await sleep(Math.max(0, clock.at(lastsSeconds) - Date.now()));
    return alertmanager.messagesBy(clock);
  } finally {
    alertmanager.stop();
  }
}

async function send(url: string, alerts: readonly object[]): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(alerts) });
  if (!response.ok) throw new Error(`Alertmanager refuses the alerts: ${await response.text()}`);
}
