import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Clock } from "./clock";

/** An alert that Alertmanager was sent, from when until when, in seconds of the situation. */
export interface SeenAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly from: number;
  /** Absent while it still fires. */
  readonly until?: number;
  /** The names of the alerts that silenced it, at some time. */
  readonly inhibitedBy: readonly string[];
}

const alertsAnswer = z.array(
  z.object({
    fingerprint: z.string(),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    status: z.object({ inhibitedBy: z.array(z.string()) }),
  }),
);
type Answer = z.infer<typeof alertsAnswer>;

/**
 * Looks at what Alertmanager has, until a second of the situation.
 * @returns the alerts in the order in which they came; one that ended and came again is told twice.
 */
export async function watchAlerts(url: string, clock: Clock, until: number): Promise<readonly SeenAlert[]> {
  const over: (SeenAlert & { readonly until: number })[] = [];
  let firing = new Map<string, SeenAlert>();
  while (clock.secondAt(Date.now()) < until) {
    const response = await fetch(`${url}/api/v2/alerts`);
    if (!response.ok) throw new Error(`Alertmanager answers ${response.status}: ${await response.text()}`);
    const answer = alertsAnswer.parse(await response.json());
    const second = clock.secondAt(Date.now());
    for (const [fingerprint, alert] of firing)
      if (answer.every((each) => each.fingerprint !== fingerprint)) over.push({ ...alert, until: second });
    firing = new Map(answer.map((each) => [each.fingerprint, merge(each, answer, firing.get(each.fingerprint), second)]));
    await sleep(100);
  }
  return [...over, ...firing.values()].sort((a, b) => a.from - b.from);
}

function merge(alert: Answer[number], all: Answer, known: SeenAlert | undefined, second: number): SeenAlert {
  const sources = all.filter(({ fingerprint }) => alert.status.inhibitedBy.includes(fingerprint));
  const names = sources.map(({ labels }) => labels["alertname"] ?? "");
  return {
    labels: alert.labels,
    annotations: alert.annotations,
    from: known?.from ?? second,
    inhibitedBy: [...new Set([...(known?.inhibitedBy ?? []), ...names])].sort(),
  };
}
