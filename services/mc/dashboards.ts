import {
  actorPanels,
  actorRow,
  dashboard,
  healthRow,
  heartbeatPanels,
  heartbeatRow,
  increaseBy,
  instancesUp,
  panel,
  quantile,
  rateBy,
  ratio,
  resourceRow,
  sumBy,
  workloadPanels,
} from "../../core/model";
import { workload as gcWorkload } from "../gc/workload";
import { heartbeats, metrics } from "./metrics";
import { drainedBelow, registration, workload } from "./workload";

const { job } = workload;

/** Every graph of the MC. */
export const panels = {
  ...workloadPanels(workload),

  meetings: panel("meetings", {
    title: "Active meetings by instance",
    description: `Meetings that each MC holds. During a drain, go on when the instance is below ${drainedBelow}.`,
    of: sumBy(metrics.meetings, ["instance"]),
  }),
  connections: panel("connections", {
    title: "Active connections by instance",
    description: "WebTransport connections that each MC holds.",
    of: sumBy(metrics.connections, ["instance"]),
  }),
  joins: panel("joins", {
    title: "Session joins by status",
    description: "Attempts to establish a session, and how they ended.",
    of: rateBy(metrics.sessionJoins, ["status"]),
  }),
  webtransport: panel("webtransport", {
    title: "WebTransport connection attempts by status",
    description: "Connections that clients tried to open, and how they ended.",
    of: rateBy(metrics.webtransportConnections, ["status"]),
  }),

  joinFailureRatio: panel("join-failure-ratio", {
    title: "Session join failure ratio",
    description: "Share of the attempts to establish a session that failed, over all MCs.",
    of: ratio(metrics.sessionJoins, { bad: { status: "failure" }, legend: "failed" }),
  }),
  connectionFailureRatio: panel("connection-failure-ratio", {
    title: "WebTransport connection failure ratio",
    description: "Share of the connection attempts that were rejected or ended in an error, over all MCs.",
    of: ratio(metrics.webtransportConnections, { bad: { status: /rejected|error/ } }),
  }),
  fencedOut: panel("fenced-out", {
    title: "Writes fenced out in 5 min",
    description:
      "Writes that Redis refused because another MC owns a newer generation of the meeting: two MCs believed to hold it.",
    of: increaseBy(metrics.fencedOut, ["instance", "reason"], { within: "5m", job }),
  }),

  joinDuration: panel("join-duration", {
    title: "Session join duration",
    description: "Time to establish a session, of the joins that succeeded.",
    of: {
      p50: quantile(0.5, metrics.sessionJoinDuration, { of: { status: "success" } }),
      p95: quantile(0.95, metrics.sessionJoinDuration, { of: { status: "success" } }),
    },
  }),
  redisLatency: panel("redis-latency", {
    title: "Redis latency p95 by operation",
    description: "Time of the slowest 5 % of the Redis commands.",
    of: quantile(0.95, metrics.redisLatency, { by: ["operation"] }),
  }),

  ...actorPanels(workload, metrics),
  messageProcessing: panel("message-processing", {
    title: "Message processing p95 by actor type",
    description: "Time that the slowest 5 % of the messages take, of each actor type.",
    of: quantile(0.95, metrics.messageProcessing, {
      by: ["actor_type"],
      recordedAs: "actor_type:mc_message_processing_duration_seconds:p95_5m",
    }),
  }),

  ...heartbeatPanels(workload, heartbeats, registration),
  gcUp: instancesUp(
    "gc-up",
    gcWorkload,
    "GC instances that Prometheus can scrape. At 0 no MC can register: look at the GC first.",
  ),
};

/** What people look at when an MC alert fires. */
export const overview = dashboard("mc-overview", {
  title: "MC overview",
  description: "Meeting Controller: health, traffic, errors, latency, resources, its actors, and its registration with the GC.",
  // The row "Upstream" comes from the service's upstreams.
  rows: {
    Health: healthRow(panels, panels.gcUp),
    Actors: [...actorRow(panels), panels.messageProcessing],
    "GC registration": heartbeatRow(panels),
    Traffic: [panels.meetings, panels.connections, panels.joins, panels.webtransport],
    Errors: [panels.joinFailureRatio, panels.connectionFailureRatio, panels.fencedOut],
    Latency: [panels.joinDuration],
    Resources: resourceRow(panels),
  },
});
