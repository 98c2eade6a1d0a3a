import type { Alert } from "../core/model/alert";
import type { Cascade, Dependency, ExternalUpstream } from "../core/model/dependency";
import type { Service } from "../core/model/service";
import type { Slo } from "../core/model/slo";
import { gc } from "./gc";
import { alerts as gcAlerts } from "./gc/alerts";
import { panels as gcPanels } from "./gc/dashboards";
import { slos as gcSlos } from "./gc/slos";
import { mc } from "./mc";
import { alerts as mcAlerts } from "./mc/alerts";
import { panels as mcPanels } from "./mc/dashboards";
import { slos as mcSlos } from "./mc/slos";
import { workloadCascades } from "./workload";

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
    seenBy: [gcPanels.dbFailing, gcPanels.dbErrorRatio, gcPanels.dbLatency],
  },
  { service: gc, upstream: ac, reason: "The GC asks the AC who a client is.", seenBy: [] },
];

const burns = (service: Service, slo: Slo): readonly Alert[] => service.alerts.filter(({ labels }) => labels?.["slo"] === slo.id);
const burnPages = (service: Service, slo: Slo): readonly Alert[] =>
  burns(service, slo).filter(({ severity }) => severity === "page");

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
  ...burnPages(gc, gcSlos.httpAvailability),
];

/** An objective and a threshold on the same thing: while the budget burns, the threshold has nothing to add. */
const objectives: readonly Cascade[] = [
  { service: gc, slo: gcSlos.httpAvailability, threshold: gcAlerts.httpErrors },
  { service: gc, slo: gcSlos.httpLatency, threshold: gcAlerts.slowHttp },
  { service: gc, slo: gcSlos.assignment, threshold: gcAlerts.slowAssignment },
  { service: mc, slo: mcSlos.messageProcessing, threshold: mcAlerts.slowMessageProcessing },
  { service: mc, slo: mcSlos.sessionJoins, threshold: mcAlerts.sessionJoinFailures },
].flatMap(({ service, slo, threshold }) =>
  burns(service, slo).map((upstream) => ({
    upstream,
    downstream: [threshold],
    equal: slo.by ?? [],
    reason: "The objective on the same thing tells it.",
  })),
);

/** Which alerts explain which: the explained ones page nobody while the upstream one fires. */
export const cascades: readonly Cascade[] = [
  ...workloadCascades(gcAlerts),
  ...workloadCascades(mcAlerts),
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
  ...objectives,
];
