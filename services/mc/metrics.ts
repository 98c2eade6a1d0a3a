import { actorMetrics, counter, gauge, histogram } from "../../core/model";

/** An MC is built of actors of these three types. */
const actorTypes = ["MeetingActor", "ParticipantActor", "ConnectionActor"] as const;
const heartbeatType = ["fast", "comprehensive"] as const;

/** Everything that the Meeting Controller exports. */
export const metrics = {
  meetings: gauge("mc_meetings_active", { unit: "meetings", help: "Meetings that this MC holds.", labels: {} }),
  connections: gauge("mc_connections_active", {
    unit: "connections",
    help: "WebTransport connections that this MC holds.",
    labels: {},
  }),
  ...actorMetrics("mc", actorTypes),
  messageProcessing: histogram("mc_message_processing_duration_seconds", {
    unit: "seconds",
    help: "Time an actor takes for one message.",
    traffic: true,
    labels: { actor_type: actorTypes },
    requiredGrouping: "actor_type",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  }),
  gcHeartbeats: counter("mc_gc_heartbeat_total", {
    unit: "heartbeats",
    help: "Heartbeats sent to the GC. One every 10 s; the GC takes an MC for lost after 30 s without.",
    traffic: true,
    labels: { status: ["success", "error"], heartbeat_type: heartbeatType },
  }),
  gcHeartbeatLatency: histogram("mc_gc_heartbeat_latency_seconds", {
    unit: "seconds",
    help: "Time until the GC answered a heartbeat.",
    traffic: true,
    labels: { heartbeat_type: heartbeatType },
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
  }),
  sessionJoins: counter("mc_session_joins_total", {
    unit: "joins",
    help: "Attempts to establish a session.",
    traffic: true,
    labels: { status: ["success", "failure"] },
  }),
  sessionJoinDuration: histogram("mc_session_join_duration_seconds", {
    unit: "seconds",
    help: "Time to establish a session.",
    traffic: true,
    labels: { status: ["success", "failure"] },
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
  }),
  webtransportConnections: counter("mc_webtransport_connections_total", {
    unit: "connections",
    help: "WebTransport connection attempts.",
    traffic: true,
    labels: { status: ["accepted", "rejected", "error"] },
  }),
  redisLatency: histogram("mc_redis_latency_seconds", {
    unit: "seconds",
    help: "Time of one Redis command.",
    traffic: true,
    labels: { operation: ["get", "eval", "incr", "hset", "del"] },
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
  }),
  fencedOut: counter("mc_fenced_out_total", {
    unit: "fencings",
    help: "Writes refused because another MC owns a newer generation of the meeting.",
    labels: { reason: ["stale_generation"] },
  }),
};

/** Of these heartbeats the GC's registry is made. */
export const heartbeats = { heartbeats: metrics.gcHeartbeats, heartbeatLatency: metrics.gcHeartbeatLatency };
