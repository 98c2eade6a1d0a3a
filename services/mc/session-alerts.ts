import { alert, fires, platform, series } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";
import { target } from "./workload";

const scenarios = runbooks.mc.incidentResponse;
const { instance } = target;

/** What pages or warns about joins, connections, and the store behind them. */
export const sessionAlerts = {
  sessionJoinFailures: alert("MCSessionJoinFailures", {
    panel: panels.joinFailureRatio,
    objective: slos.sessionJoins,
    above: 0.05,
    severity: "warning", // the objective pages, as soon as its budget is in danger
    summary: "{value} of the session joins fail",
  }),
  connectionFailures: alert("MCConnectionFailures", {
    panel: panels.connectionFailureRatio,
    above: 0.1,
    severity: "warning",
    summary: "{value} of the WebTransport connections fail",
    impact: "Clients retry; some people join late or not at all.",
    runbook: scenarios["scenario-5-session-join-failures"],
  }),
  redisSlow: alert("MCRedisSlow", {
    panel: panels.redisLatency,
    above: 0.1,
    severity: "warning",
    summary: "Redis {operation} takes {value} (p95)",
    impact: "Joins and changes to a meeting are slow.",
    runbook: scenarios["scenario-10-redis-slow-or-mc-fenced-out"],
  }),
  fencedOut: alert("MCFencedOut", {
    panel: panels.fencedOut,
    above: 0,
    for: "0m",
    severity: "warning",
    summary: "{instance} was fenced out ({reason})",
    impact: "Two MCs believed to hold one meeting; the older one's changes were refused.",
    runbook: scenarios["scenario-10-redis-slow-or-mc-fenced-out"],
    examples: [
      fires({
        input: [
          series(metrics.fencedOut, { reason: "stale_generation", ...target }, "_x16 1x10"),
          series(platform.up, target, "1x60"),
        ],
        at: "16m",
        labels: { instance, reason: "stale_generation" },
        value: 1,
      }),
    ],
  }),
};
