import { alert } from "../../model/alert";
import { fires, observations, quiet, series } from "../../model/example";
import { promql, where } from "../../model/query";
import { runbooks } from "../../runbooks/sections";
import { platform } from "../platform";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;
const instance = "mc-0:8081";

/** What pages or warns about the registration with the GC. */
export const registrationAlerts = {
  heartbeatsStopped: alert("MCHeartbeatsStopped", {
    panel: panels.heartbeats,
    when: {
      expression: promql`
        max by (instance) (${where(platform.up, { job: workload.job })}) == 1
        unless on (instance)
        sum by (instance) (increase(${where(metrics.gcHeartbeats, { status: "success" })}[2m])) > 0`,
      trigger: "an instance is up but the GC accepted none of its heartbeats in 2 minutes",
    },
    for: "1m",
    severity: "page",
    summary: "{{ $labels.instance }} is not registered with the GC",
    impact: "The GC takes this MC for lost: it gets no new meetings, and its capacity is missing.",
    runbook: scenarios["scenario-6-gc-registration-lost"],
    examples: [
      fires({
        input: [
          series(platform.up, { job: workload.job, instance }, "1x20"),
          series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, "0+6x5 30x20"),
        ],
        at: "7m",
        labels: { instance },
        value: "1",
      }),
      fires({
        input: [series(platform.up, { job: workload.job, instance }, "_x3 1x20")],
        at: "4m",
        labels: { instance },
        value: "1",
      }),
      quiet("heartbeats flow", {
        input: [
          series(platform.up, { job: workload.job, instance }, "1x20"),
          series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, "0+6x20"),
        ],
        until: "20m",
      }),
      quiet("the instance is down, which MCDown tells", {
        input: [series(platform.up, { job: workload.job, instance }, "0x20")],
        until: "20m",
      }),
    ],
  }),
  heartbeatErrors: alert("MCHeartbeatErrors", {
    panel: panels.heartbeatErrorRatio,
    when: { above: 0.1 },
    for: "5m",
    severity: "warning",
    summary: "The GC refuses {{ $value | humanizePercentage }} of the heartbeats of {{ $labels.instance }}",
    impact: "The MC loses its registration when three heartbeats in a row are missed.",
    runbook: scenarios["scenario-6-gc-registration-lost"],
    examples: [
      fires({
        input: [
          series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, "0+48x20"),
          series(metrics.gcHeartbeats, { status: "error", heartbeat_type: "fast", instance }, "0+12x20"),
        ],
        at: "6m",
        labels: { instance },
        value: "20%",
      }),
      quiet("all heartbeats succeed", {
        input: [series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, "0+60x20")],
        until: "20m",
      }),
    ],
  }),
  slowHeartbeats: alert("MCSlowHeartbeats", {
    panel: panels.heartbeatLatency,
    when: { above: 0.1 },
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.heartbeat_type }} heartbeats take {{ $value | humanizeDuration }} (p95)",
    impact: "None yet; the GC or the way to it is slow, and registration is at risk.",
    runbook: scenarios["scenario-6-gc-registration-lost"],
    examples: [
      fires({
        input: observations(
          metrics.gcHeartbeatLatency,
          { heartbeat_type: "fast" },
          {
            items: [{ atMost: 0.5, perMinute: 6 }],
            over: "20m",
          },
        ),
        at: "6m",
        labels: { heartbeat_type: "fast" },
        value: "487.5ms",
      }),
      quiet("the GC answers in time", {
        input: observations(
          metrics.gcHeartbeatLatency,
          { heartbeat_type: "fast" },
          {
            items: [{ atMost: 0.05, perMinute: 6 }],
            over: "20m",
          },
        ),
        until: "20m",
      }),
    ],
  }),
};
