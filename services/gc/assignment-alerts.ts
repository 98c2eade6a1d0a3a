import { alert, fires, type InputSeries, platform, promql, quiet, series, where } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { meetingControllers, metrics } from "./metrics";
import { slos } from "./slos";
import { target } from "./workload";

const scenarios = runbooks.gc.incidentResponse;
const { instance } = target;
const noMcs = { status: "rejected", rejection_reason: "no_mcs_available", ...target } as const;
const assigned = { status: "success", rejection_reason: "none", ...target } as const;
const up = series(platform.up, target, "1x60");
const registered = (status: "healthy" | "draining" | "unhealthy", values: string, of = instance): InputSeries =>
  series(metrics.registeredControllers, { ...meetingControllers, status, ...target, instance: of }, values);

/** What pages or warns about the assignment of meetings, and the registry of MCs that it chooses from. */
export const assignmentAlerts = {
  slowAssignment: alert("GCSlowAssignment", {
    panel: panels.assignmentLatency,
    objective: slos.assignment,
    severity: "warning",
    summary: "The GC takes {value} (p95) to assign an MC",
  }),
  assignmentFailures: alert("GCAssignmentFailures", {
    panel: panels.assignmentFailureRatio,
    above: 0.05,
    severity: "warning",
    summary: "{value} of the MC assignments fail",
    impact: "Some people cannot start a meeting.",
    runbook: scenarios["scenario-5-assignment-failures"],
  }),
  noMcsAvailable: alert("GCNoMcsAvailable", {
    panel: panels.withoutMc,
    above: 0.1,
    for: "3m",
    severity: "page",
    summary: "{value} of the new meetings find no MC",
    impact: "People cannot start a meeting.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({ input: [series(metrics.assignments, noMcs, "_x6 3x20"), up], at: "9m", value: 1 }),
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
    below: 1,
    for: "2m",
    keepFiringFor: "10m",
    severity: "page",
    summary: "{instance} knows of no healthy MC",
    impact: "Nobody whom this GC answers can start a meeting.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({ input: [registered("healthy", "2x4 0x20")], at: "7m", labels: { instance }, value: 0 }),
      fires({
        input: [registered("healthy", "2x30", "10.0.2.8:8080"), registered("healthy", "2x4 0x20")],
        at: "7m",
        labels: { instance },
        value: 0,
      }),
      fires({ input: [up], at: "2m", labels: { instance }, value: 0 }),
      quiet("one MC is left", { input: [registered("healthy", "2x4 1x20")], until: "20m" }),
      quiet("it has only just started", {
        input: [series(platform.up, target, "_x5 1x30"), registered("healthy", "_x6 2x30")],
        until: "30m",
      }),
    ],
  }),
  unhealthyMcs: alert("GCUnhealthyMcs", {
    panel: panels.registeredMcs,
    expression: promql`max(${where(metrics.registeredControllers, { ...meetingControllers, status: "unhealthy" })}) > 0`,
    trigger: "an MC is registered as unhealthy",
    severity: "warning",
    summary: "{value} MCs are registered as unhealthy",
    impact: "Their capacity is missing; their meetings may be interrupted.",
    runbook: scenarios["scenario-6-no-mcs-available"],
    examples: [
      fires({ input: [registered("unhealthy", "0x4 1x20")], at: "10m", value: 1 }),
      quiet("an MC is draining", { input: [registered("draining", "1x20"), registered("unhealthy", "0x20")], until: "20m" }),
    ],
  }),
};
