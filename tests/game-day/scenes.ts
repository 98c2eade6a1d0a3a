import { level, latency } from "../../model/good-day";
import { allGcs, allMcs, heartbeatsFail, mc0, registered } from "../../incidents/system";
import { services } from "../../services";
import { metrics as mc } from "../../services/mc/metrics";
import { becomes, change, stop } from "../../simulate/changes";
import { goodDay as usual, type World } from "../../simulate/world";

/** What happened in the last two hours, goes on, and should be told. */
export interface Scene {
  readonly title: string;
  readonly world: World;
  /** The alerts of severity page that reach people, and no others do. */
  readonly pages: readonly string[];
  /** The warnings that come with them. */
  readonly warnings: readonly string[];
  /** What fires too but notifies nobody, because a page explains it. */
  readonly inhibited: readonly string[];
  /** What waits for its hour. */
  readonly pending: readonly string[];
}

const world = usual(services);
const quiet = { pages: [], warnings: [], inhibited: [], pending: [] } as const;

/** An alert of each instance, as short names tell them. */
function ofEach(alert: string, which: (instance: World["instances"][number]) => boolean): readonly string[] {
  return world.instances.filter(which).map(({ ip, service }) => `${alert} ${ip}:${service.workload.port}`);
}

const isGc = ({ service }: World["instances"][number]): boolean => service.id === "gc";
const isMc = ({ service }: World["instances"][number]): boolean => service.id === "mc";
const isMc0 = ({ deployment }: World["instances"][number]): boolean => deployment === "mc-0";

// So long ago that Prometheus has forgotten what a dead target said: five minutes.
const event = -360;

export const goodDay: Scene = { ...quiet, title: "all is well", world };

export const gcDies: Scene = {
  ...quiet,
  title: "the GC dies",
  world: heartbeatsFail(stop(world, allGcs, event), allMcs, { from: event }),
  pages: ["GCDown"],
  warnings: [...ofEach("MCHeartbeatErrors", isMc), "MCReadyNotRegistered"],
  inhibited: [...ofEach("GCInstanceDown", isGc), ...ofEach("MCHeartbeatsStopped", isMc)],
};

export const gcIsNotReady: Scene = {
  ...quiet,
  title: "the GC lives but is not ready",
  world: heartbeatsFail(
    change(world, allGcs, (instance) => ({ ...instance, notReady: [{ from: event, until: Infinity }] })),
    allMcs,
    { from: event },
  ),
  pages: ["GCNotReady"],
  warnings: [...ofEach("MCHeartbeatErrors", isMc), "MCReadyNotRegistered"],
  inhibited: ofEach("MCHeartbeatsStopped", isMc),
};

const anHourAgo = -3900;

export const actorTypeBacksUp: Scene = {
  ...quiet,
  title: "one actor type backs up, and another begins to",
  world: becomes(world, allMcs, anHourAgo, [
    level(mc.mailboxDepth, { actor_type: "MeetingActor" }, 900),
    level(mc.mailboxDepth, { actor_type: "ParticipantActor" }, 150),
    latency(mc.messageProcessing, { actor_type: "MeetingActor" }, { perMinute: 1200, seconds: 2.5 }),
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
  world: heartbeatsFail(registered(world, event + 30, { healthy: 1, unhealthy: 1 }), mc0, { from: event }),
  pages: ofEach("MCHeartbeatsStopped", isMc0),
  warnings: [...ofEach("MCHeartbeatErrors", isMc0), "GCUnhealthyMcs", "MCReadyNotRegistered"],
};

export const mcIsDrained: Scene = {
  ...quiet,
  title: "an MC is drained",
  world: [40, 30, 20, 10, 3].reduce(
    (now, meetings, step) => becomes(now, mc0, event + step * 50, [level(mc.meetings, {}, meetings)]),
    registered(world, event, { healthy: 1, draining: 1 }),
  ),
  pending: ["MCDrainStalled"],
};
