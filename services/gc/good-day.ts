import { type GoodDay, latency, level, rate, type Usual } from "../../core/model";
import { metrics } from "./metrics";

/** Requests to an endpoint, counted and timed. */
function requests(
  method: string,
  endpoint: string,
  flow: { readonly perMinute: number; readonly seconds: number },
): readonly Usual[] {
  const labels = { method, endpoint, status_code: "200" };
  return [rate(metrics.httpRequests, labels, flow), latency(metrics.httpRequestDuration, labels, flow)];
}

/** What each GC does on a good day. */
export const goodDay: GoodDay = {
  traffic: [
    ...requests("GET", "/api/v1/meetings", { perMinute: 180, seconds: 0.03 }),
    ...requests("POST", "/api/v1/meetings/join", { perMinute: 60, seconds: 0.06 }),
    rate(metrics.assignments, { status: "success", rejection_reason: "none" }, { perMinute: 60 }),
    latency(metrics.assignmentDuration, { status: "success" }, { perMinute: 60, seconds: 0.008 }),
    rate(metrics.meetingJoins, { participant: ["user", "guest"], status: "success" }, { perMinute: 30 }),
    latency(metrics.meetingJoinDuration, { participant: ["user", "guest"], status: "success" }, { perMinute: 30, seconds: 0.08 }),
    rate(metrics.dbQueries, { operation: ["assign", "lookup"], status: "success" }, { perMinute: 120 }),
    latency(metrics.dbQueryDuration, { operation: ["assign", "lookup"] }, { perMinute: 120, seconds: 0.004 }),
  ],
  background: [
    // The kubelet probes every 10 s, and Prometheus scrapes.
    ...requests("GET", "/health", { perMinute: 6, seconds: 0.001 }),
    ...requests("GET", "/ready", { perMinute: 6, seconds: 0.001 }),
    ...requests("GET", "/metrics", { perMinute: 4, seconds: 0.001 }),
    level(metrics.registeredControllers, { controller_type: "meeting", status: "healthy" }, 2),
    rate(metrics.dbQueries, { operation: "heartbeat", status: "success" }, { perMinute: 8 }),
    latency(metrics.dbQueryDuration, { operation: "heartbeat" }, { perMinute: 8, seconds: 0.003 }),
  ],
};
