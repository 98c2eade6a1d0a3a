import { panel, type Dashboard } from "../../core/model/panel";
import { increaseOf, promql, where } from "../../core/model/query";
import { workload as gcWorkload } from "../gc/workload";
import { instancesUp } from "../scraping";
import { workloadPanels } from "../workload";
import { metrics } from "./metrics";
import { recordingRules } from "./recording-rules";
import { drainedBelow, workload } from "./workload";

/** Every graph of the MC. */
export const panels = {
  ...workloadPanels(workload),

  meetings: panel("meetings", {
    title: "Active meetings by instance",
    shows: `Meetings that each MC holds. During a drain, go on when the instance is below ${drainedBelow}.`,
    unit: "short",
    queries: { instance: { query: promql`sum by (instance) (${metrics.meetings})`, legend: "{{instance}}" } },
  }),
  connections: panel("connections", {
    title: "Active connections by instance",
    shows: "WebTransport connections that each MC holds.",
    unit: "short",
    queries: { instance: { query: promql`sum by (instance) (${metrics.connections})`, legend: "{{instance}}" } },
  }),
  joins: panel("joins", {
    title: "Session joins by status",
    shows: "Attempts to establish a session, and how they ended.",
    unit: "cps",
    queries: {
      status: {
        query: promql`sum by (status) (rate(${metrics.sessionJoins}[$__rate_interval]))`,
        legend: "{{status}}",
      },
    },
  }),
  webtransport: panel("webtransport", {
    title: "WebTransport connection attempts by status",
    shows: "Connections that clients tried to open, and how they ended.",
    unit: "cps",
    queries: {
      status: {
        query: promql`sum by (status) (rate(${metrics.webtransportConnections}[$__rate_interval]))`,
        legend: "{{status}}",
      },
    },
  }),

  joinFailureRatio: panel("join-failure-ratio", {
    title: "Session join failure ratio",
    shows: "Share of the attempts to establish a session that failed, over all MCs.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum(rate(${where(metrics.sessionJoins, { status: "failure" })}[$__rate_interval]))
          / sum(rate(${metrics.sessionJoins}[$__rate_interval]))`,
        legend: "failed",
      },
    },
  }),
  connectionFailureRatio: panel("connection-failure-ratio", {
    title: "WebTransport connection failure ratio",
    shows: "Share of the connection attempts that were rejected or ended in an error, over all MCs.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum(rate(${where(metrics.webtransportConnections, { status: /rejected|error/ })}[$__rate_interval]))
          / sum(rate(${metrics.webtransportConnections}[$__rate_interval]))`,
        legend: "rejected or error",
      },
    },
  }),
  fencedOut: panel("fenced-out", {
    title: "Writes fenced out in 5 min",
    shows: "Writes that Redis refused because another MC owns a newer generation of the meeting: two MCs believed to hold it.",
    unit: "short",
    queries: {
      instance: {
        query: promql`sum by (instance, reason) (${increaseOf({ counter: metrics.fencedOut, job: workload.job }, "5m")})`,
        legend: "{{instance}} {{reason}}",
      },
    },
  }),

  joinDuration: panel("join-duration", {
    title: "Session join duration",
    shows: "Time to establish a session, of the joins that succeeded.",
    unit: "s",
    queries: {
      p50: {
        query: promql`histogram_quantile(0.5, sum by (le) (rate(${where(metrics.sessionJoinDuration.bucket, { status: "success" })}[$__rate_interval])))`,
        legend: "p50",
      },
      p95: {
        query: promql`histogram_quantile(0.95, sum by (le) (rate(${where(metrics.sessionJoinDuration.bucket, { status: "success" })}[$__rate_interval])))`,
        legend: "p95",
      },
    },
  }),
  redisLatency: panel("redis-latency", {
    title: "Redis latency p95 by operation",
    shows: "Time of the slowest 5 % of the Redis commands.",
    unit: "s",
    queries: {
      p95: {
        query: promql`histogram_quantile(0.95, sum by (operation, le) (rate(${metrics.redisLatency.bucket}[$__rate_interval])))`,
        legend: "{{operation}}",
      },
    },
  }),

  mailboxDepth: panel("mailbox-depth", {
    title: "Mailbox depth by actor type",
    shows:
      "Messages waiting in the fullest mailbox of each actor type, for more than half of the last 5 minutes: at a stretch, or in a sawtooth that is never so long above a line.",
    unit: "short",
    queries: {
      depth: {
        query: promql`max by (actor_type) (quantile_over_time(0.5, ${metrics.mailboxDepth}[5m]))`,
        legend: "{{actor_type}}",
      },
    },
  }),
  mailboxNow: panel("mailbox-now", {
    title: "Mailbox depth at the moment",
    shows: "Messages waiting in the fullest mailbox of each actor type, at each scrape: bursts show here first.",
    unit: "short",
    queries: { depth: { query: promql`max by (actor_type) (${metrics.mailboxDepth})`, legend: "{{actor_type}}" } },
  }),
  messagesDropped: panel("messages-dropped", {
    title: "Messages dropped by actor type",
    shows: "Messages that were lost because a mailbox was full.",
    unit: "cps",
    queries: {
      rate: {
        query: promql`sum by (actor_type) (rate(${metrics.messagesDropped}[$__rate_interval]))`,
        legend: "{{actor_type}}",
      },
    },
  }),
  actorPanics: panel("actor-panics", {
    title: "Actor panics by actor type",
    shows: "Actors that died of a panic within the last 5 minutes.",
    unit: "short",
    queries: {
      panics: {
        query: promql`sum by (actor_type) (${increaseOf({ counter: metrics.actorPanics, job: workload.job }, "5m")})`,
        legend: "{{actor_type}}",
      },
    },
  }),
  messageProcessing: panel("message-processing", {
    title: "Message processing p95 by actor type",
    shows: "Time that the slowest 5 % of the messages take, of each actor type.",
    unit: "s",
    queries: { p95: { query: promql`${recordingRules.messageProcessingP95}`, legend: "{{actor_type}}" } },
  }),

  heartbeats: panel("heartbeats", {
    title: "Heartbeats to GC by status",
    shows: "Heartbeats that each MC sent to the GC. An MC sends 0.1/s; the GC takes it for lost after 30 s without.",
    unit: "cps",
    queries: {
      status: {
        query: promql`sum by (instance, status) (rate(${metrics.gcHeartbeats}[$__rate_interval]))`,
        legend: "{{instance}} {{status}}",
      },
    },
  }),
  heartbeatErrorRatio: panel("heartbeat-error-ratio", {
    title: "Heartbeat error ratio by instance",
    shows: "Share of the heartbeats that the GC did not accept.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum by (instance) (rate(${where(metrics.gcHeartbeats, { status: "error" })}[$__rate_interval]))
          / sum by (instance) (rate(${metrics.gcHeartbeats}[$__rate_interval]))`,
        legend: "{{instance}}",
      },
    },
  }),
  heartbeatLatency: panel("heartbeat-latency", {
    title: "Heartbeat latency p95 by type",
    shows: "Time until the GC answered, of the slowest 5 % of the heartbeats.",
    unit: "s",
    queries: {
      p95: {
        query: promql`histogram_quantile(0.95, sum by (heartbeat_type, le) (rate(${metrics.gcHeartbeatLatency.bucket}[$__rate_interval])))`,
        legend: "{{heartbeat_type}}",
      },
    },
  }),
  gcUp: instancesUp(
    "gc-up",
    gcWorkload,
    "GC instances that Prometheus can scrape. At 0 no MC can register: look at the GC first.",
  ),
};

/** What people look at when an MC alert fires. */
export const dashboards: readonly Dashboard[] = [
  {
    uid: "mc-overview",
    title: "MC overview",
    description: "Meeting Controller: health, traffic, errors, latency, resources, its actors, and its registration with the GC.",
    // The row "Upstream" comes from services/dependencies.ts.
    rows: [
      {
        title: "Health",
        panels: [
          panels.instancesUp,
          panels.gcUp,
          panels.up,
          panels.scrapesAnswered,
          panels.ready,
          panels.replicas,
          panels.deploymentsKnown,
          panels.restarts,
        ],
      },
      {
        title: "Actors",
        panels: [panels.mailboxDepth, panels.mailboxNow, panels.messagesDropped, panels.actorPanics, panels.messageProcessing],
      },
      { title: "GC registration", panels: [panels.heartbeats, panels.heartbeatErrorRatio, panels.heartbeatLatency] },
      { title: "Traffic", panels: [panels.meetings, panels.connections, panels.joins, panels.webtransport] },
      { title: "Errors", panels: [panels.joinFailureRatio, panels.connectionFailureRatio, panels.fencedOut] },
      { title: "Latency", panels: [panels.joinDuration] },
      { title: "Resources", panels: [panels.memory, panels.cpu, panels.unlimited] },
    ],
  },
];
