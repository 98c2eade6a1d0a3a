import type { Cascade, Dependency, ExternalUpstream } from "../model/dependency";
import { gc } from "./gc";
import { alerts as gcAlerts } from "./gc/alerts";
import { panels as gcPanels } from "./gc/dashboards";
import { mc } from "./mc";
import { alerts as mcAlerts } from "./mc/alerts";
import { panels as mcPanels } from "./mc/dashboards";

const postgres: ExternalUpstream = { id: "postgres", title: "PostgreSQL" };
const redis: ExternalUpstream = { id: "redis", title: "Redis" };
const ac: ExternalUpstream = { id: "ac", title: "Auth Controller" };

/** Who leans on whom. GC and MC need each other: which of them is to blame is said alert by alert, in the cascades. */
export const dependencies: readonly Dependency[] = [
  {
    service: mc,
    upstream: gc,
    reason: "An MC is useful only while it is registered with the GC; without heartbeats for 30 s it is taken for lost.",
    seenBy: [mcPanels.gcUp],
    step: "Check GC health",
  },
  {
    service: mc,
    upstream: redis,
    reason: "The MC keeps the state of meetings and their generations in Redis.",
    seenBy: [mcPanels.redisLatency],
  },
  { service: mc, upstream: ac, reason: "The MC checks tokens with the AC's keys.", seenBy: [] },
  {
    service: gc,
    upstream: mc,
    reason: "The GC needs a healthy MC for every new meeting.",
    seenBy: [gcPanels.mcUp],
    step: "Check MC pod status",
  },
  {
    service: gc,
    upstream: postgres,
    reason: "The registry of MCs and the assignments are in PostgreSQL.",
    seenBy: [gcPanels.dbErrorRatio, gcPanels.dbLatency],
  },
  { service: gc, upstream: ac, reason: "The GC asks the AC who a client is.", seenBy: [] },
];

/** Which alerts explain which: the explained ones page nobody while the upstream one fires. */
export const cascades: readonly Cascade[] = [
  {
    upstream: gcAlerts.down,
    downstream: [gcAlerts.instanceDown, gcAlerts.notReady, mcAlerts.heartbeatsStopped],
    reason: "Without a GC no heartbeat of any MC can succeed.",
  },
  {
    upstream: gcAlerts.notReady,
    downstream: [mcAlerts.heartbeatsStopped],
    reason: "A GC that is not ready accepts no heartbeats.",
  },
  {
    upstream: mcAlerts.down,
    downstream: [mcAlerts.instanceDown, gcAlerts.noHealthyMcs, gcAlerts.noMcsAvailable],
    reason: "Without an MC the GC has none to register or to assign.",
  },
  {
    upstream: mcAlerts.criticalMailboxDepth,
    downstream: [mcAlerts.highMailboxDepth],
    equal: ["actor_type"],
    reason: "The same mailboxes, further on.",
  },
];
