import { quantile, rateBy, ratio } from "../measure";
import { counter, histogram, type AnyHistogram, type Counter, type Histogram } from "../metric";
import { panel, type Panel } from "../panel";
import type { Workload } from "../workload";

/** By which heartbeats a service stays registered with another one. */
export interface Registration {
  /** As people name it: MC. Its metrics have it in lower case. */
  readonly to: string;
  readonly everySeconds: number;
  /** From when without a heartbeat on the other one takes it for lost. */
  readonly lostAfterSeconds: number;
}

/** What a service exports of its heartbeats: how they ended, and how long the answer took. */
export interface HeartbeatMetrics {
  readonly heartbeats: Counter<{ readonly status: readonly ["success", "error"] }>;
  readonly heartbeatLatency: AnyHistogram;
}

/** The metrics of a service's heartbeats: `mh_mc_heartbeat_total` and `mh_mc_heartbeat_latency_seconds`. */
export function heartbeatMetrics(
  service: string,
  { to, everySeconds, lostAfterSeconds }: Registration,
): Pick<HeartbeatMetrics, "heartbeats"> & { readonly heartbeatLatency: Histogram } {
  const prefix = `${service}_${to.toLowerCase()}_heartbeat`;
  return {
    heartbeats: counter(`${prefix}_total`, {
      unit: "heartbeats",
      help: `Heartbeats sent to the ${to}, one every ${everySeconds} s; it takes an instance for lost after ${lostAfterSeconds} s without.`,
      traffic: true,
      labels: { status: ["success", "error"] },
    }),
    heartbeatLatency: histogram(`${prefix}_latency_seconds`, {
      help: `Time until the ${to} answered a heartbeat.`,
      traffic: true,
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    }),
  };
}

/** The panels of a service's heartbeats. */
export interface HeartbeatPanels {
  readonly heartbeats: Panel<"it", "instance" | "status">;
  readonly heartbeatErrorRatio: Panel<"it", "instance">;
  readonly heartbeatLatency: Panel<"it">;
}

/** The panels that every service has which stays registered with another one by heartbeats. */
export function heartbeatPanels(
  { name }: Workload,
  metrics: HeartbeatMetrics,
  { to, everySeconds, lostAfterSeconds }: Registration,
): HeartbeatPanels {
  const { heartbeats, heartbeatLatency } = metrics;
  const types = typesOf(heartbeatLatency);
  return {
    heartbeats: panel("heartbeats", {
      title: `Heartbeats to ${to} by status`,
      description: `Heartbeats that each ${name} sent to the ${to}. ${article(name)} ${name} sends ${1 / everySeconds}/s; the ${to} takes it for lost after ${lostAfterSeconds} s without.`,
      of: rateBy(heartbeats, ["instance", "status"]),
    }),
    heartbeatErrorRatio: panel("heartbeat-error-ratio", {
      title: "Heartbeat error ratio by instance",
      description: `Share of the heartbeats that the ${to} did not accept.`,
      of: ratio(heartbeats, { bad: { status: "error" }, by: ["instance"] }),
    }),
    heartbeatLatency: panel("heartbeat-latency", {
      title: types.length === 0 ? "Heartbeat latency p95" : "Heartbeat latency p95 by type",
      description: `Time until the ${to} answered, of the slowest 5 % of the heartbeats.`,
      of: quantile(0.95, heartbeatLatency, { by: types }),
    }),
  };
}

/** The row in which one sees whether a service is registered. */
export function heartbeatRow({ heartbeats, heartbeatErrorRatio, heartbeatLatency }: HeartbeatPanels): readonly Panel[] {
  return [heartbeats, heartbeatErrorRatio, heartbeatLatency];
}

/** The label that tells kinds of heartbeats apart, where a service sends several. */
export function typesOf({ labels }: AnyHistogram): readonly ["heartbeat_type"] | readonly [] {
  return "heartbeat_type" in labels ? ["heartbeat_type"] : [];
}

/** Before an abbreviation that is read letter by letter: an MC, a GC. */
function article(name: string): "A" | "An" {
  return /^[AEFHILMNORSX]/.test(name) ? "An" : "A";
}
