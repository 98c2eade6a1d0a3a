import { burnsOf, type Cascade } from "../core/model";
import { gc } from "./gc";
import { alerts as gcAlerts } from "./gc/alerts";
import { slos as gcSlos } from "./gc/slos";
import { alerts as mcAlerts } from "./mc/alerts";

/** What every MC tells when no GC accepts its heartbeats. */
const lostRegistration = [
  mcAlerts.heartbeatsStopped,
  mcAlerts.heartbeatErrors,
  mcAlerts.slowHeartbeats,
  mcAlerts.readyNotRegistered,
  mcAlerts.liveNotReady,
  mcAlerts.replicasMissing,
];

/** What the GC tells when it cannot assign meetings. */
const failedAssignments = [
  gcAlerts.noMcsAvailable,
  gcAlerts.assignmentFailures,
  gcAlerts.meetingJoinFailures,
  gcAlerts.httpErrors,
  ...burnsOf(gc, gcSlos.httpAvailability).filter(({ severity }) => severity === "page"),
];

/**
 * Which alerts explain which: the explained ones page nobody while the upstream one fires. GC and MC need each other: which of
 * them is to blame is said here, alert by alert. Those of one workload, and of an objective and its threshold, follow by themselves.
 */
export const cascades: readonly Cascade[] = [
  { upstream: gcAlerts.down, downstream: [gcAlerts.notReady], reason: "A GC that does not run is not ready." },
  { upstream: gcAlerts.down, downstream: lostRegistration, reason: "Without a GC no heartbeat of any MC can succeed." },
  { upstream: gcAlerts.notReady, downstream: lostRegistration, reason: "A GC that is not ready accepts no heartbeats." },
  { upstream: gcAlerts.notReady, downstream: [gcAlerts.replicasMissing], reason: "None of the GC's pods is ready." },
  {
    upstream: gcAlerts.databaseDown,
    downstream: [
      gcAlerts.notReady,
      gcAlerts.replicasMissing,
      gcAlerts.databaseErrors,
      gcAlerts.slowDatabase,
      gcAlerts.noHealthyMcs,
      gcAlerts.unhealthyMcs,
      ...failedAssignments,
    ],
    reason: "The GC can do nothing without PostgreSQL.",
  },
  { upstream: gcAlerts.databaseDown, downstream: lostRegistration, reason: "The GC stores heartbeats in PostgreSQL." },
  {
    upstream: mcAlerts.down,
    downstream: [gcAlerts.noHealthyMcs, gcAlerts.unhealthyMcs, ...failedAssignments],
    reason: "Without an MC the GC has none to register or to assign.",
  },
  {
    upstream: gcAlerts.noHealthyMcs,
    downstream: [gcAlerts.noMcsAvailable, gcAlerts.assignmentFailures],
    reason: "A GC that knows of no healthy MC can assign none.",
  },
  {
    upstream: mcAlerts.criticalMailboxDepth,
    downstream: [mcAlerts.highMailboxDepth],
    equal: ["actor_type"],
    reason: "The same mailboxes, further on.",
  },
  {
    upstream: mcAlerts.criticalMailboxDepth,
    downstream: [gcAlerts.assignmentFailures],
    reason: "An MC whose mailboxes are full does not answer the GC.",
  },
  {
    upstream: mcAlerts.actorPanic,
    downstream: [gcAlerts.assignmentFailures],
    hintOnly: true,
    reason: "An MC whose actors panic refuses meetings, or does not answer the GC.",
  },
];
