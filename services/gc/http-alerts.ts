import { alert, fires, observations, quiet, series } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";

const scenarios = runbooks.gc.incidentResponse;
const http = { method: "GET", endpoint: "/api/v1/meetings" } as const;

/** What pages or warns about the HTTP API and the joins that go through it. */
export const httpAlerts = {
  httpErrors: alert("GCHttpErrors", {
    panel: panels.httpErrorRatio,
    objective: slos.httpAvailability,
    above: 0.01,
    severity: "warning",
    summary: "The GC answers {value} of the requests with 5xx",
    examples: [
      fires({ input: [series(metrics.httpRequests, { ...http, status_code: "503" }, "0+3x120")], at: "9m", value: 1 }),
      quiet("one of a few requests fails now and then", {
        input: [
          series(metrics.httpRequests, { ...http, status_code: "200" }, "0+1x120"),
          series(metrics.httpRequests, { ...http, status_code: "503" }, "0x9 1x9 2x9 3x9 4x9 5x60"),
        ],
        until: "110m",
      }),
      quiet("4xx are the client's", {
        input: [
          series(metrics.httpRequests, { ...http, status_code: "200" }, "0+30x20"),
          series(metrics.httpRequests, { ...http, status_code: "404" }, "0+30x20"),
        ],
        until: "20m",
      }),
    ],
  }),
  slowHttp: alert("GCSlowHttp", {
    panel: panels.httpLatency,
    query: "p95",
    objective: slos.httpLatency,
    severity: "warning",
    summary: "The GC takes {value} (p95) for a request",
    examples: [
      fires({
        input: [
          ...observations(
            metrics.httpRequestDuration,
            { ...http, status_code: "200" },
            { items: [{ atMost: 2, perMinute: 2 }], over: "60m" },
          ),
          ...observations(
            metrics.httpRequestDuration,
            { method: "GET", endpoint: "/ready", status_code: "200" },
            { items: [{ atMost: 0.005, perMinute: 12 }], over: "60m" },
          ),
        ],
        at: "51m",
        value: 1.95,
      }),
    ],
  }),
  meetingJoinFailures: alert("GCMeetingJoinFailures", {
    panel: panels.joinFailureRatio,
    above: 0.05,
    severity: "warning",
    summary: "{value} of the requests to join a meeting fail",
    impact: "People cannot enter their meetings.",
    runbook: scenarios["scenario-8-meeting-join-failures"],
  }),
};
