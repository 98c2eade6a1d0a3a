import { alert } from "../../model/alert";
import { fires, observations, quiet, series } from "../../model/example";
import { promql } from "../../model/query";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";

const scenarios = runbooks.gc.incidentResponse;

/** What pages or warns about the GC's database. */
export const databaseAlerts = {
  databaseErrors: alert("GCDatabaseErrors", {
    panel: panels.dbErrorRatio,
    when: { above: 0.01 },
    for: "5m",
    while: promql`sum(rate(${metrics.dbQueries}[$__rate_interval])) > 0.1`,
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the database queries fail",
    impact: "Assignments and heartbeats that need the database fail.",
    runbook: scenarios["scenario-7-database-errors-or-slow-queries"],
    examples: [
      fires({
        input: [
          series(metrics.dbQueries, { operation: "assign", status: "success" }, "0+54x20"),
          series(metrics.dbQueries, { operation: "assign", status: "error" }, "0+6x20"),
        ],
        at: "6m",
        labels: {},
        value: "10%",
      }),
      quiet("no query has ever failed", {
        input: [series(metrics.dbQueries, { operation: "assign", status: "success" }, "0+60x20")],
        until: "20m",
      }),
    ],
  }),
  slowDatabase: alert("GCSlowDatabase", {
    panel: panels.dbLatency,
    when: { above: 0.05 },
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.operation }} takes {{ $value | humanizeDuration }} (p95) in the database",
    impact: "Assignments are slow; heartbeats are at risk.",
    runbook: scenarios["scenario-7-database-errors-or-slow-queries"],
    examples: [
      fires({
        input: observations(
          metrics.dbQueryDuration,
          { operation: "assign" },
          {
            items: [{ atMost: 0.25, perMinute: 60 }],
            over: "20m",
          },
        ),
        at: "6m",
        labels: { operation: "assign" },
        value: "242.5ms",
      }),
      quiet("the database is fast", {
        input: observations(
          metrics.dbQueryDuration,
          { operation: "assign" },
          {
            items: [{ atMost: 0.005, perMinute: 60 }],
            over: "20m",
          },
        ),
        until: "20m",
      }),
    ],
  }),
};
