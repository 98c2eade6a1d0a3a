import { alert } from "../../model/alert";
import { fires, observations, quiet, series } from "../../model/example";
import { promql } from "../../model/query";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";

const scenarios = runbooks.gc.incidentResponse;
const http = { method: "GET", endpoint: "/api/v1/meetings" } as const;

/** What pages or warns about the HTTP API and the joins that go through it. */
export const httpAlerts = {
  httpErrors: alert("GCHttpErrors", {
    panel: panels.httpErrorRatio,
    when: { above: 0.01 },
    for: "5m",
    while: promql`sum(rate(${metrics.httpRequests}[$__rate_interval])) > 0.1`,
    severity: "warning",
    summary: "The GC answers {{ $value | humanizePercentage }} of the requests with 5xx",
    impact: "Clients see errors; joins fail or are retried.",
    runbook: scenarios["scenario-2-high-http-error-ratio"],
    examples: [
      fires({
        input: [
          series(metrics.httpRequests, { ...http, status_code: "200" }, "0+54x20"),
          series(metrics.httpRequests, { ...http, status_code: "503" }, "0+6x20"),
        ],
        at: "6m",
        labels: {},
        value: "10%",
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
    when: { above: 0.2 },
    for: "5m",
    while: promql`sum(rate(${metrics.httpRequestDuration.count}[$__rate_interval])) > 0.1`,
    severity: "warning",
    summary: "The GC takes {{ $value | humanizeDuration }} (p95) for a request",
    impact: "Everything that a client asks of the GC is slow, joining first of all.",
    runbook: scenarios["scenario-3-slow-http-requests"],
    examples: [
      fires({
        input: observations(
          metrics.httpRequestDuration,
          { ...http, status_code: "200" },
          {
            items: [{ atMost: 0.5, perMinute: 60 }],
            over: "20m",
          },
        ),
        at: "6m",
        labels: {},
        value: "490ms",
      }),
      quiet("it is fast", {
        input: observations(
          metrics.httpRequestDuration,
          { ...http, status_code: "200" },
          {
            items: [{ atMost: 0.1, perMinute: 60 }],
            over: "20m",
          },
        ),
        until: "20m",
      }),
    ],
  }),
  meetingJoinFailures: alert("GCMeetingJoinFailures", {
    panel: panels.joinFailureRatio,
    when: { above: 0.05 },
    for: "5m",
    while: promql`sum(rate(${metrics.meetingJoins}[$__rate_interval])) > 0.05`,
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the requests to join a meeting fail",
    impact: "People cannot enter their meetings.",
    runbook: scenarios["scenario-8-meeting-join-failures"],
    examples: [
      fires({
        input: [
          series(metrics.meetingJoins, { participant: "user", status: "success" }, "0+54x20"),
          series(metrics.meetingJoins, { participant: "guest", status: "error" }, "0+6x20"),
        ],
        at: "6m",
        labels: {},
        value: "10%",
      }),
      quiet("all joins succeed", {
        input: [series(metrics.meetingJoins, { participant: "user", status: "success" }, "0+60x20")],
        until: "20m",
      }),
    ],
  }),
};
