import { alert } from "../../core/model/alert";
import { fires, observations, quiet, series } from "../../core/model/example";
import { not, promql, where } from "../../core/model/query";
import { runbooks } from "../../runbooks/sections";
import { fewFailures, rare } from "../guards";
import { panels } from "./dashboards";
import { metrics, probes } from "./metrics";

const scenarios = runbooks.gc.incidentResponse;
const api = { endpoint: not(probes) };
const http = { method: "GET", endpoint: "/api/v1/meetings" } as const;

/** What pages or warns about the HTTP API and the joins that go through it. */
export const httpAlerts = {
  httpErrors: alert("GCHttpErrors", {
    panel: panels.httpErrorRatio,
    when: { above: 0.01 },
    for: "5m",
    while: promql`sum(increase(${where(metrics.httpRequests, { ...api, status_code: /5../ })}[1h])) > ${fewFailures}`,
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
        at: "7m",
        labels: {},
        value: "10%",
      }),
      fires({
        input: [series(metrics.httpRequests, { ...http, status_code: "503" }, "0+3x120")],
        at: "9m",
        labels: {},
        value: "100%",
      }),
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
    when: { above: 0.2 },
    for: "5m",
    while: promql`sum(rate(${where(metrics.httpRequestDuration.count, api)}[1h])) > ${rare}`,
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
        at: "7m",
        labels: {},
        value: "490ms",
      }),
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
        labels: {},
        value: "1.95s",
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
    while: promql`sum(increase(${where(metrics.meetingJoins, { status: "error" })}[1h])) > ${fewFailures}`,
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
        at: "7m",
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
