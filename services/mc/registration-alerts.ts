import { alert } from "../../core/model/declared-alert";
import { fires, quiet, series, type InputSeries } from "../../core/model/example";
import { promql, where } from "../../core/model/query";
import { runbooks } from "../../runbooks/sections";
import { platform } from "../../core/model/standard/platform";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { target, workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;
const { instance } = target;
const up = (values: string): InputSeries => series(platform.up, target, values);
const accepted = (values: string): InputSeries =>
  series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, values);
const refused = (values: string): InputSeries =>
  series(metrics.gcHeartbeats, { status: "error", heartbeat_type: "fast", instance }, values);

/** What pages or warns about the registration with the GC. */
export const registrationAlerts = {
  heartbeatsStopped: alert("MCHeartbeatsStopped", {
    panel: panels.heartbeats,
    // Registered up to 2 minutes after its start is normal, and at 60 s scrapes two more samples must tell.
    expression: promql`
      max by (instance) (${where(platform.up, { job: workload.job })}) == 1
      and on (instance)
      max by (instance) (max_over_time(${where(platform.up, { job: workload.job })}[2m] offset 3m)) == 1
      unless on (instance)
      sum by (instance) (increase(${where(metrics.gcHeartbeats, { status: "success" })}[2m])) > 0`,
    trigger: "an instance has been up for 3 minutes but the GC accepted none of its heartbeats in 2 minutes",
    for: "2m",
    severity: "page",
    summary: "{instance} is not registered with the GC",
    impact: "The GC takes this MC for lost: it gets no new meetings, and its capacity is missing.",
    runbook: scenarios["scenario-6-gc-registration-lost"],
    examples: [
      fires({ input: [up("1x20"), accepted("0+6x5 30x20")], at: "8m", labels: { instance }, value: 1 }),
      fires({ input: [up("_x3 1x20")], at: "8m", labels: { instance }, value: 1 }),
      quiet("heartbeats flow", { input: [up("1x20"), accepted("0+6x20")], until: "20m" }),
      quiet("it registers 2 minutes after its start", { input: [up("_x3 1x30"), accepted("_x6 3+6x30")], until: "30m" }),
      quiet("the instance is down, which MCDown tells", { input: [up("0x20")], until: "20m" }),
    ],
  }),
  heartbeatErrors: alert("MCHeartbeatErrors", {
    panel: panels.heartbeatErrorRatio,
    above: 0.1,
    for: "5m",
    // What failed before it was registered, within 2 minutes of its start, is then no longer in the window.
    guard: promql`max by (instance) (max_over_time(${where(platform.up, { job: workload.job })}[2m] offset 8m)) == 1`,
    severity: "warning",
    summary: "The GC refuses {value} of the heartbeats of {instance}",
    impact: "The MC loses its registration when three heartbeats in a row are missed.",
    runbook: scenarios["scenario-6-gc-registration-lost"],
    examples: [
      fires({
        input: [up("1x20"), accepted("0+48x20"), refused("0+12x20")],
        at: "13m",
        labels: { instance },
        value: 0.2,
      }),
      quiet("it registers 2 minutes after its start", {
        input: [up("_x3 1x30"), refused("_x3 6 12 12x30"), accepted("_x5 6+6x30")],
        until: "30m",
      }),
      quiet("all heartbeats succeed", {
        input: [series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, "0+60x20")],
        until: "20m",
      }),
    ],
  }),
  slowHeartbeats: alert("MCSlowHeartbeats", {
    panel: panels.heartbeatLatency,
    guard: "none", // an MC sends its heartbeats whether anybody meets or not
    above: 0.1,
    for: "5m",
    severity: "warning",
    summary: "{heartbeat_type} heartbeats take {value} (p95)",
    impact: "None yet; the GC or the way to it is slow, and registration is at risk.",
    runbook: scenarios["scenario-6-gc-registration-lost"],
  }),
};
