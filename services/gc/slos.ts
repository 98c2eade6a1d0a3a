import { latencySlo, ratioSlo } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { api, metrics } from "./metrics";

const scenarios = runbooks.gc.incidentResponse;

/** What the GC promises. */
export const slos = {
  assignment: latencySlo("gc-assignment", {
    title: "GC assignment",
    histogram: metrics.assignmentDuration,
    matchers: { status: "success" },
    thresholdSeconds: 0.02,
    objective: 0.95,
    impact: "The meeting-join journey misses its budget.",
    runbook: scenarios["scenario-4-slow-mc-assignment"],
  }),
  httpLatency: latencySlo("gc-http-latency", {
    title: "GC HTTP latency",
    histogram: metrics.httpRequestDuration,
    matchers: api,
    thresholdSeconds: 0.2,
    objective: 0.95,
    impact: "Everything that a client asks of the GC is slow, joining first of all.",
    runbook: scenarios["scenario-3-slow-http-requests"],
  }),
  httpAvailability: ratioSlo("gc-http-availability", {
    title: "GC HTTP availability",
    counter: metrics.httpRequests,
    of: api,
    good: { status_code: /[1-4]../ },
    objective: 0.999,
    impact: "Clients see errors; joins fail or are retried.",
    runbook: scenarios["scenario-2-high-http-error-ratio"],
  }),
};
