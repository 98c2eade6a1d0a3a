import { alert, fires, type InputSeries, observations, platform, quiet, series } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { target } from "./workload";

const runbook = runbooks.gc.incidentResponse["scenario-7-database-errors-or-slow-queries"];
const up = series(platform.up, target, "1x60");
const queries = (status: "success" | "error", values: string): InputSeries =>
  series(metrics.dbQueries, { operation: "assign", ...target, status }, values);

/** What pages or warns about the GC's database. */
export const databaseAlerts = {
  databaseDown: alert("GCDatabaseDown", {
    panel: panels.dbFailing,
    above: 0.2,
    for: "1m",
    keepFiringFor: "12m", // longer than the objectives remember what it broke
    severity: "page",
    summary: "PostgreSQL fails {value} of the GC's queries",
    impact: "Without its database the GC is not ready: nobody can join a meeting, and every MC loses its registration.",
    runbook,
    examples: [
      fires({
        input: [queries("success", "0+60x10 600x20"), queries("error", "_x11 60+60x20"), up],
        at: "12m",
        value: 1,
      }),
      quiet("a few queries fail in a burst", {
        input: [queries("success", "0+60x60"), queries("error", "_x10 12x30"), up],
        until: "40m",
      }),
      quiet("no query has ever failed", { input: [queries("success", "0+60x60"), up], until: "40m" }),
    ],
  }),
  databaseErrors: alert("GCDatabaseErrors", {
    panel: panels.dbErrorRatio,
    above: 0.01,
    severity: "warning",
    summary: "{value} of the database queries fail",
    impact: "Assignments and heartbeats that need the database fail.",
    runbook,
  }),
  slowDatabase: alert("GCSlowDatabase", {
    panel: panels.dbLatency,
    above: 0.05,
    severity: "warning",
    summary: "{operation} takes {value} (p95) in the database",
    impact: "Assignments are slow; heartbeats are at risk.",
    runbook,
    examples: [
      quiet("a rare operation takes as long as it always does", {
        input: observations(
          metrics.dbQueryDuration,
          { operation: "assign" },
          { items: [{ atMost: 0.1, perMinute: 0.25 }], over: "120m" },
        ),
        until: "120m",
      }),
    ],
  }),
};
