import { metrics as gc } from "../../services/gc/metrics";
import { workload as gcWorkload } from "../../services/gc/workload";
import { metrics as mc } from "../../services/mc/metrics";
import { platform } from "../../services/platform";
import { healthy } from "./healthy";
import { exported, exporting, growing, observed, staying, type Course, type Target } from "./world";

/** What happened in the last two hours, goes on, and should be told. */
export interface Scene {
  readonly title: string;
  readonly targets: readonly Target[];
  /** The alerts of severity page that reach people, and no others do. */
  readonly pages: readonly string[];
  /** The warnings that come with them. */
  readonly warnings: readonly string[];
  /** What fires too but notifies nobody, because a page explains it. */
  readonly inhibited: readonly string[];
  /** What waits for its hour. */
  readonly pending: readonly string[];
}

const quiet = { pages: [], warnings: [], inhibited: [], pending: [] } as const;
const fast = { heartbeat_type: "fast" } as const;

// So long ago that Prometheus has forgotten what a dead target said: five minutes.
const event = -360;

function registered(status: "healthy" | "unhealthy" | "draining", value: Course) {
  return exported(gc.registeredControllers, { controller_type: "meeting", status }, value);
}

const heartbeatsEnd = [
  ...exported(mc.gcHeartbeats, { ...fast, status: "success" }, growing(0.1, { until: event })),
  ...observed(mc.gcHeartbeatLatency, fast, [{ atMost: 0.01, count: growing(0.1, { until: event }) }]),
];

export const goodDay: Scene = { ...quiet, title: "all is well", targets: healthy };

export const gcDies: Scene = {
  ...quiet,
  title: "the GC dies",
  targets: exporting(healthy, /^mc-/, [
    ...heartbeatsEnd,
    ...exported(mc.gcHeartbeats, { ...fast, status: "error" }, growing(0.1, { from: event })),
  ]).map((target) => (target.job === "gc-service" ? { ...target, diesAt: event } : target)),
  pages: ["GCDown"],
  warnings: ["MCHeartbeatErrors mc-0:8081", "MCHeartbeatErrors mc-1:8081", "MCReadyNotRegistered"],
  inhibited: [
    "GCInstanceDown gc-service-5b7c9d8f6-k8s2v:8080",
    "GCInstanceDown gc-service-5b7c9d8f6-x7w4q:8080",
    "MCHeartbeatsStopped mc-0:8081",
    "MCHeartbeatsStopped mc-1:8081",
  ],
};

export const gcIsNotReady: Scene = {
  ...quiet,
  title: "the GC lives but is not ready",
  targets: exporting(
    exporting(healthy, /^mc-/, [
      ...heartbeatsEnd,
      ...exported(mc.gcHeartbeats, { ...fast, status: "error" }, growing(0.1, { from: event })),
    ]),
    /^kube-state-metrics/,
    ["gc-service-5b7c9d8f6-k8s2v", "gc-service-5b7c9d8f6-x7w4q"].flatMap((pod) =>
      exported(platform.podReady, { namespace: gcWorkload.namespace, pod, condition: "true" }, staying(1, { to: 0, at: event })),
    ),
  ),
  pages: ["GCNotReady"],
  warnings: ["MCHeartbeatErrors mc-0:8081", "MCHeartbeatErrors mc-1:8081", "MCReadyNotRegistered"],
  inhibited: ["MCHeartbeatsStopped mc-0:8081", "MCHeartbeatsStopped mc-1:8081"],
};

const anHourAgo = -3900;

export const actorTypeBacksUp: Scene = {
  ...quiet,
  title: "one actor type backs up, and another begins to",
  targets: exporting(healthy, /^mc-/, [
    ...exported(mc.mailboxDepth, { actor_type: "MeetingActor" }, staying(3, { to: 900, at: anHourAgo })),
    ...exported(mc.mailboxDepth, { actor_type: "ParticipantActor" }, staying(3, { to: 150, at: anHourAgo })),
    ...observed(mc.messageProcessing, { actor_type: "MeetingActor" }, [
      { atMost: 0.025, count: growing(20, { until: anHourAgo }) },
      { atMost: 2.5, count: growing(20, { from: anHourAgo }) },
    ]),
  ]),
  pages: ["MCCriticalMailboxDepth MeetingActor", "MCMessageProcessingBurnFast MeetingActor"],
  warnings: ["MCHighMailboxDepth ParticipantActor", "MCSlowMessageProcessing MeetingActor"],
  inhibited: [
    "MCHighMailboxDepth MeetingActor",
    "MCMessageProcessingBurnMedium MeetingActor",
    "MCMessageProcessingBurnSlow MeetingActor",
    "MCMessageProcessingBurnSlowest MeetingActor",
  ],
};

export const heartbeatsStop: Scene = {
  ...quiet,
  title: "the heartbeats of one MC stop while it is live",
  targets: exporting(exporting(healthy, /^mc-0/, heartbeatsEnd), /^gc-/, [
    ...registered("healthy", staying(2, { to: 1, at: event + 30 })),
    ...registered("unhealthy", staying(0, { to: 1, at: event + 30 })),
  ]),
  pages: ["MCHeartbeatsStopped mc-0:8081"],
  warnings: ["GCUnhealthyMcs", "MCReadyNotRegistered"],
};

export const mcIsDrained: Scene = {
  ...quiet,
  title: "an MC is drained",
  targets: exporting(
    exporting(
      healthy,
      /^mc-0/,
      exported(mc.meetings, {}, (second) => Math.max(3, 40 - Math.max(0, second - event) / 6)),
    ),
    /^gc-/,
    [...registered("healthy", staying(2, { to: 1, at: event })), ...registered("draining", staying(0, { to: 1, at: event }))],
  ),
  pending: ["MCDrainStalled"],
};
