import { metrics } from "../../services/mc/metrics";
import { workload } from "../../services/mc/workload";
import { platform } from "../../services/platform";
import type { TestSeries } from "./prometheus-server";

/** What Prometheus sees of the system; what is left out is well. */
export interface Situation {
  /** Ready pods of the GC. */
  readonly readyGcPods?: number;
  /** MCs whose heartbeats the GC accepts. */
  readonly beating?: readonly string[];
  /** MCs that are scraped. */
  readonly scraped?: readonly string[];
  readonly meetings?: Readonly<Record<string, number>>;
  /** Whether mc-0's pod is ready. */
  readonly isReady?: boolean;
}

/** The series of a situation, with a sample each 10 s as a scrape would leave them. */
export function seriesOf(situation: Situation): readonly TestSeries[] {
  const { readyGcPods = 2, beating = ["mc-0", "mc-1"], scraped = ["mc-0", "mc-1"], meetings = {}, isReady = true } = situation;
  return [
    ...["gc-service-a", "gc-service-b"].map((pod, index) => podReady(pod, index < readyGcPods)),
    podReady("mc-0-7c9d", isReady),
    podReady("mc-1-5f4b", true),
    ...scraped.map((id) => gauge(platform.up.name, 1, target(id))),
    ...scraped.map((id) => gauge(metrics.meetings.name, meetings[id] ?? 12, target(id))),
    ...scraped.map((id) => ({
      name: metrics.gcHeartbeats.name,
      labels: { ...target(id), status: "success", heartbeat_type: "fast" },
      valueAt: (second: number) => (beating.includes(id) ? 1000 + second / 10 : 1000),
    })),
  ];
}

/** How many meetings an MC holds. */
export function meetingsOf(id: string, meetings: number): TestSeries {
  return gauge(metrics.meetings.name, meetings, target(id));
}

function podReady(pod: string, isReady: boolean): TestSeries {
  return gauge(platform.podReady.name, isReady ? 1 : 0, { namespace: workload.namespace, pod, condition: "true" });
}

function target(id: string): Readonly<Record<string, string>> {
  return { job: workload.job, instance: `${id}-7c9d:8081` };
}

function gauge(name: string, value: number, labels: Readonly<Record<string, string>>): TestSeries {
  return { name, labels, valueAt: () => value };
}
