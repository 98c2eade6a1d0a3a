import { type GoodDay, latency, level, rate } from "../../core/model";
import { metrics } from "./metrics";

/** What each MC does on a good day. */
export const goodDay: GoodDay = {
  traffic: [
    level(metrics.meetings, {}, 40),
    level(metrics.connections, {}, 400),
    level(metrics.mailboxDepth, {}, 3),
    latency(metrics.messageProcessing, {}, { perMinute: 1200, seconds: 0.02 }),
    rate(metrics.sessionJoins, { status: "success" }, { perMinute: 60 }),
    latency(metrics.sessionJoinDuration, { status: "success" }, { perMinute: 60, seconds: 0.08 }),
    rate(metrics.webtransportConnections, { status: "accepted" }, { perMinute: 60 }),
    latency(metrics.redisLatency, {}, { perMinute: 120, seconds: 0.003 }),
  ],
  background: [
    rate(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast" }, { perMinute: 6 }),
    latency(metrics.gcHeartbeatLatency, { heartbeat_type: "fast" }, { perMinute: 6, seconds: 0.008 }),
    rate(metrics.gcHeartbeats, { status: "success", heartbeat_type: "comprehensive" }, { perMinute: 2 }),
    latency(metrics.gcHeartbeatLatency, { heartbeat_type: "comprehensive" }, { perMinute: 2, seconds: 0.02 }),
  ],
};
