import { alert } from "../../model/alert";
import { fires, observations, quiet, series } from "../../model/example";
import { increaseOf, promql, where } from "../../model/query";
import { examplePod } from "../../model/workload";
import { runbooks } from "../../runbooks/sections";
import { platform } from "../platform";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";
import { workload } from "./workload";

const scenarios = runbooks.gc.incidentResponse;
const meetingControllers = { controller_type: "meeting" } as const;
const instance = `${examplePod(workload)}:http`;
const noMcs = { status: "rejected", rejection_reason: "no_mcs_available", job: workload.job } as const;
const up = series(platform.up, { job: workload.job, instance }, "1x60");

/** What pages or warns about the assignment of meetings, and the registry of MCs that it chooses from. */
export const assignmentAlerts = {
  slowAssignment: alert("GCSlowAssignment", {
    panel: panels.assignmentLatency,
    when: { above: slos.assignment.thresholdSeconds },
    for: "5m",
    while: promql`sum(rate(${where(metrics.assignmentDuration.count, { status: "success" })}[$__rate_interval])) > 0.1`,
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
        at: "6m",
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
    while: promql`sum(rate(${metrics.assignments}[$__rate_interval])) > 0.05`,
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
        at: "6m",
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
    panel: panels.rejections,
    when: {
      expression: promql`sum(${increaseOf(where(metrics.assignments, { rejection_reason: "no_mcs_available" }), "5m")}) > 0`,
      trigger: "any assignment is rejected with no_mcs_available",
    },
    for: "1m",
    severity: "page",
    summary: "{{ $value | humanize }} meetings found no MC within 5 minutes",
    impact: "Nobody can start a meeting.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({
        input: [series(metrics.assignments, noMcs, "0x4 0+6x20")],
        at: "7m",
        labels: {},
        value: "12",
      }),
      fires({ input: [series(metrics.assignments, { ...noMcs, instance }, "_x6 3x20"), up], at: "7m", labels: {}, value: "3" }),
      quiet("MCs that are full are another matter", {
        input: [series(metrics.assignments, { status: "rejected", rejection_reason: "at_capacity" }, "0+6x20")],
        until: "20m",
      }),
    ],
  }),
  noHealthyMcs: alert("GCNoHealthyMcs", {
    panel: panels.healthyMcs,
    when: { below: 1 },
    for: "1m",
    severity: "page",
    summary: "No healthy MC is registered with the GC",
    impact: "Nobody can start a meeting.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({
        input: [series(metrics.registeredControllers, { ...meetingControllers, status: "healthy" }, "2x4 0x20")],
        at: "6m",
        labels: {},
        value: "0",
      }),
      fires({ input: [up], at: "1m", labels: {}, value: "0" }),
      quiet("one MC is left", {
        input: [series(metrics.registeredControllers, { ...meetingControllers, status: "healthy" }, "2x4 1x20")],
        until: "20m",
      }),
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
