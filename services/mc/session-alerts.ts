import { alert } from "../../core/model/alert";
import { fires, observations, quiet, series } from "../../core/model/example";
import { promql, where } from "../../core/model/query";
import { runbooks } from "../../runbooks/sections";
import { fewFailures, rare } from "../guards";
import { platform } from "../platform";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;
const instance = "mc-0:8081";
const up = series(platform.up, { job: workload.job, instance }, "1x60");

/** What pages or warns about joins, connections, and the store behind them. */
export const sessionAlerts = {
  sessionJoinFailures: alert("MCSessionJoinFailures", {
    panel: panels.joinFailureRatio,
    when: { above: 0.05 },
    for: "5m",
    while: promql`sum(increase(${where(metrics.sessionJoins, { status: "failure" })}[1h])) > ${fewFailures}`,
    severity: "warning", // the objective pages, as soon as its budget is in danger
    summary: "{{ $value | humanizePercentage }} of the session joins fail",
    impact: "People cannot enter their meetings.",
    runbook: scenarios["scenario-5-session-join-failures"],
    examples: [
      fires({
        input: [
          series(metrics.sessionJoins, { status: "success" }, "0+54x20"),
          series(metrics.sessionJoins, { status: "failure" }, "0+6x20"),
        ],
        at: "7m",
        labels: {},
        value: "10%",
      }),
      quiet("all joins succeed and no failure was ever counted", {
        input: [series(metrics.sessionJoins, { status: "success" }, "0+60x20")],
        until: "20m",
      }),
      quiet("one of two joins failed, but there is hardly any traffic", {
        input: [
          series(metrics.sessionJoins, { status: "success" }, "0x4 1x20"),
          series(metrics.sessionJoins, { status: "failure" }, "0x4 1x20"),
        ],
        until: "20m",
      }),
    ],
  }),
  connectionFailures: alert("MCConnectionFailures", {
    panel: panels.connectionFailureRatio,
    when: { above: 0.1 },
    for: "5m",
    while: promql`sum(increase(${where(metrics.webtransportConnections, { status: /rejected|error/ })}[1h])) > ${fewFailures}`,
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the WebTransport connections fail",
    impact: "Clients retry; some people join late or not at all.",
    runbook: scenarios["scenario-5-session-join-failures"],
    examples: [
      fires({
        input: [
          series(metrics.webtransportConnections, { status: "accepted" }, "0+48x20"),
          series(metrics.webtransportConnections, { status: "error" }, "0+6x20"),
          series(metrics.webtransportConnections, { status: "rejected" }, "0+6x20"),
        ],
        at: "6m",
        labels: {},
        value: "20%",
      }),
      quiet("all connections are accepted", {
        input: [series(metrics.webtransportConnections, { status: "accepted" }, "0+60x20")],
        until: "20m",
      }),
    ],
  }),
  redisSlow: alert("MCRedisSlow", {
    panel: panels.redisLatency,
    when: { above: 0.1 },
    for: "5m",
    while: promql`sum by (operation) (rate(${metrics.redisLatency.count}[1h])) > ${rare}`,
    severity: "warning",
    summary: "Redis {{ $labels.operation }} takes {{ $value | humanizeDuration }} (p95)",
    impact: "Joins and changes to a meeting are slow.",
    runbook: scenarios["scenario-10-redis-slow-or-mc-fenced-out"],
    examples: [
      fires({
        input: observations(
          metrics.redisLatency,
          { operation: "get" },
          {
            items: [{ atMost: 0.25, perMinute: 60 }],
            over: "20m",
          },
        ),
        at: "7m",
        labels: { operation: "get" },
        value: "242.5ms",
      }),
      quiet("Redis is fast", {
        input: observations(
          metrics.redisLatency,
          { operation: "get" },
          {
            items: [{ atMost: 0.005, perMinute: 60 }],
            over: "20m",
          },
        ),
        until: "20m",
      }),
    ],
  }),
  fencedOut: alert("MCFencedOut", {
    panel: panels.fencedOut,
    when: { above: 0 },
    for: "0m",
    severity: "warning",
    summary: "{{ $labels.instance }} was fenced out ({{ $labels.reason }})",
    impact: "Two MCs believed to hold one meeting; the older one's changes were refused.",
    runbook: scenarios["scenario-10-redis-slow-or-mc-fenced-out"],
    examples: [
      fires({
        input: [series(metrics.fencedOut, { reason: "stale_generation", instance, job: workload.job }, "_x16 1x10"), up],
        at: "16m",
        labels: { instance, reason: "stale_generation" },
        value: "1",
      }),
      quiet("it was never fenced out", {
        input: [series(metrics.fencedOut, { reason: "stale_generation", instance }, "0x20")],
        until: "20m",
      }),
    ],
  }),
};
