import { alert } from "../../core/model/alert";
import { fires, observations, quiet, series, type InputSeries } from "../../core/model/example";
import { increaseOf, promql, where } from "../../core/model/query";
import { examplePod } from "../../core/model/workload";
import { runbooks } from "../../runbooks/sections";
import { fewFailures, rare } from "../guards";
import { platform } from "../platform";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

const scenarios = runbooks.gc.incidentResponse;

const assign = { operation: "assign" } as const;
const instance = `${examplePod(workload)}:http`;
const target = { instance, job: workload.job };
const up = series(platform.up, target, "1x60");
const queries = (status: "success" | "error", values: string): InputSeries =>
  series(metrics.dbQueries, { ...assign, ...target, status }, values);
const failures = increaseOf({ counter: where(metrics.dbQueries, { status: "error" }), job: workload.job }, "3m");

/** What pages or warns about the GC's database. */
export const databaseAlerts = {
  databaseDown: alert("GCDatabaseDown", {
    panel: panels.dbFailing,
    when: { above: 0.2 },
    for: "1m",
    keepFiringFor: "12m", // longer than the objectives remember what it broke
    while: promql`sum(${failures}) > 3`,
    severity: "page",
    summary: "PostgreSQL fails {{ $value | humanizePercentage }} of the GC's queries",
    impact: "Without its database the GC is not ready: nobody can join a meeting, and every MC loses its registration.",
    runbook: scenarios["scenario-7-database-errors-or-slow-queries"],
    examples: [
      fires({
        input: [queries("success", "0+60x10 600x20"), queries("error", "_x11 60+60x20"), up],
        at: "12m",
        labels: {},
        value: "100%",
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
    when: { above: 0.01 },
    for: "5m",
    while: promql`sum(increase(${where(metrics.dbQueries, { status: "error" })}[1h])) > ${fewFailures}`,
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
        at: "7m",
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
    while: promql`sum by (operation) (rate(${metrics.dbQueryDuration.count}[1h])) > ${rare}`,
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
        at: "7m",
        labels: { operation: "assign" },
        value: "242.5ms",
      }),
      quiet("a rare operation takes as long as it always does", {
        input: observations(metrics.dbQueryDuration, assign, { items: [{ atMost: 0.1, perMinute: 0.25 }], over: "120m" }),
        until: "120m",
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
