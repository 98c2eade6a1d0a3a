import { alert } from "../../core/model/alert";
import { fires, observations, quiet, series, type InputSeries } from "../../core/model/example";
import { increaseOf, promql, where } from "../../core/model/query";
import { examplePod } from "../../core/model/workload";
import { runbooks } from "../../runbooks/sections";
import { platform } from "../platform";
import { fewFailures, rare } from "../guards";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";
import { workload } from "./workload";

const scenarios = runbooks.gc.incidentResponse;
const meetingControllers = { controller_type: "meeting" } as const;
const instance = `${examplePod(workload)}:http`;
const target = { job: workload.job, instance };
const noMcs = { status: "rejected", rejection_reason: "no_mcs_available", ...target } as const;
const assigned = { status: "success", rejection_reason: "none", ...target } as const;
const up = series(platform.up, target, "1x60");
const healthy = (values: string, of = instance): InputSeries =>
  series(metrics.registeredControllers, { ...meetingControllers, status: "healthy", job: workload.job, instance: of }, values);

/** What pages or warns about the assignment of meetings, and the registry of MCs that it chooses from. */
export const assignmentAlerts = {
  slowAssignment: alert("GCSlowAssignment", {
    panel: panels.assignmentLatency,
    when: { above: slos.assignment.thresholdSeconds },
    for: "5m",
    while: promql`sum(rate(${where(metrics.assignmentDuration.count, { status: "success" })}[1h])) > ${rare}`,
    severity: "warning",
    summary: "The GC takes {{ $value | humanizeDuration }} (p95) to assign an MC",
    impact: "The meeting-join journey misses its budget.",
    runbook: scenarios["scenario-4-slow-mc-assignment"],
    examples: [
      fires({
        input: observations(
          metrics.assignmentDuration,
          { status: "success" },
          {
            items: [{ atMost: 0.05, perMinute: 60 }],
            over: "20m",
          },
        ),
        at: "7m",
        labels: {},
        value: "49ms",
      }),
      quiet("it is fast", {
        input: observations(
          metrics.assignmentDuration,
          { status: "success" },
          {
            items: [{ atMost: 0.015, perMinute: 60 }],
            over: "20m",
          },
        ),
        until: "20m",
      }),
    ],
  }),
  assignmentFailures: alert("GCAssignmentFailures", {
    panel: panels.assignmentFailureRatio,
    when: { above: 0.05 },
    for: "5m",
    while: promql`sum(increase(${where(metrics.assignments, { status: /rejected|error/ })}[1h])) > ${fewFailures}`,
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the MC assignments fail",
    impact: "Some people cannot start a meeting.",
    runbook: scenarios["scenario-5-assignment-failures"],
    examples: [
      fires({
        input: [
          series(metrics.assignments, { status: "success", rejection_reason: "none" }, "0+54x20"),
          series(metrics.assignments, { status: "rejected", rejection_reason: "at_capacity" }, "0+6x20"),
        ],
        at: "7m",
        labels: {},
        value: "10%",
      }),
      quiet("every assignment succeeds", {
        input: [series(metrics.assignments, { status: "success", rejection_reason: "none" }, "0+60x20")],
        until: "20m",
      }),
    ],
  }),
  noMcsAvailable: alert("GCNoMcsAvailable", {
    panel: panels.withoutMc,
    when: { above: 0.1 },
    for: "3m",
    while: promql`sum(${increaseOf({ counter: where(metrics.assignments, { rejection_reason: "no_mcs_available" }), job: workload.job }, "5m")}) > 2`,
    severity: "page",
    summary: "{{ $value | humanizePercentage }} of the new meetings find no MC",
    impact: "People cannot start a meeting.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({
        input: [series(metrics.assignments, noMcs, "0x4 0+6x20")],
        at: "9m",
        labels: {},
        value: "100%",
      }),
      fires({ input: [series(metrics.assignments, noMcs, "_x6 3x20"), up], at: "9m", labels: {}, value: "100%" }),
      quiet("one of many is rejected", {
        input: [series(metrics.assignments, assigned, "0+600x60"), series(metrics.assignments, noMcs, "_x6 1x60"), up],
        until: "60m",
      }),
      quiet("one is rejected, of hardly any", { input: [series(metrics.assignments, noMcs, "_x6 1x60"), up], until: "60m" }),
      quiet("MCs that are full are another matter", {
        input: [series(metrics.assignments, { status: "rejected", rejection_reason: "at_capacity" }, "0+6x20")],
        until: "20m",
      }),
    ],
  }),
  noHealthyMcs: alert("GCNoHealthyMcs", {
    panel: panels.healthyMcs,
    when: { below: 1 },
    for: "2m",
    keepFiringFor: "10m",
    severity: "page",
    summary: "{{ $labels.instance }} knows of no healthy MC",
    impact: "Nobody whom this GC answers can start a meeting.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({ input: [healthy("2x4 0x20")], at: "7m", labels: { instance }, value: "0" }),
      fires({ input: [healthy("2x30", "10.0.2.8:8080"), healthy("2x4 0x20")], at: "7m", labels: { instance }, value: "0" }),
      fires({ input: [up], at: "2m", labels: { instance }, value: "0" }),
      quiet("one MC is left", { input: [healthy("2x4 1x20")], until: "20m" }),
      quiet("it has only just started", { input: [series(platform.up, target, "_x5 1x30"), healthy("_x6 2x30")], until: "30m" }),
    ],
  }),
  unhealthyMcs: alert("GCUnhealthyMcs", {
    panel: panels.registeredMcs,
    when: {
      expression: promql`max(${where(metrics.registeredControllers, { ...meetingControllers, status: "unhealthy" })}) > 0`,
      trigger: "an MC is registered as unhealthy",
    },
    for: "5m",
    severity: "warning",
    summary: "{{ $value | humanize }} MCs are registered as unhealthy",
    impact: "Their capacity is missing; their meetings may be interrupted.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({
        input: [series(metrics.registeredControllers, { ...meetingControllers, status: "unhealthy" }, "0x4 1x20")],
        at: "10m",
        labels: {},
        value: "1",
      }),
      quiet("an MC is draining", {
        input: [
          series(metrics.registeredControllers, { ...meetingControllers, status: "draining" }, "1x20"),
          series(metrics.registeredControllers, { ...meetingControllers, status: "unhealthy" }, "0x20"),
        ],
        until: "20m",
      }),
    ],
  }),
};
