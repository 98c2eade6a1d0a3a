import { alert, examplePod, fires, type InputSeries, platform, podsOf, promql, quiet, series, where } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { metrics as gcMetrics } from "../gc/metrics";
import { workload as gcWorkload } from "../gc/workload";
import { metrics } from "./metrics";
import { rolloutPanels } from "./rollout-panels";
import { workload } from "./workload";

const deployment = runbooks.mc.deployment;
const instance = "mc-0:8081";
const { ready, registered } = rolloutPanels.comingBack.queries;
const address = "10.0.3.7";

// By the pods' addresses: another installation may be scraped under the same job.
const live = promql`
  count(
    max by (pod_ip) (${where(platform.podInfo, { namespace: workload.namespace, pod: podsOf(workload) })})
    and on (pod_ip)
    label_replace(${where(platform.up, { job: workload.job })} == 1, "pod_ip", "$1", "instance", "(.+):[0-9]+")
  )`;

function draining(values: string): readonly InputSeries[] {
  return [
    series(gcMetrics.registeredControllers, { controller_type: "meeting", status: "draining", job: gcWorkload.job }, values),
  ];
}

function up(values: string): InputSeries {
  return series(platform.up, { job: workload.job, instance }, values);
}

function upAt(ip: string, values: string): InputSeries {
  return series(platform.up, { job: workload.job, instance: `${ip}:${workload.port}` }, values);
}

function podAt(ip: string): InputSeries {
  return series(platform.podInfo, { namespace: workload.namespace, pod: examplePod(workload), pod_ip: ip }, "1x60");
}

function podReady(values: string): InputSeries {
  return series(platform.podReady, { namespace: workload.namespace, pod: examplePod(workload), condition: "true" }, values);
}

function heartbeats(values: string): InputSeries {
  return series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance }, values);
}

/** What warns about a rollout that does not come to its end. */
export const rolloutAlerts = {
  drainStalled: alert("MCDrainStalled", {
    panel: rolloutPanels.draining,
    above: 0,
    for: "60m",
    severity: "warning",
    summary: "{value} MC has been draining for an hour",
    impact: "Its capacity is missing; a mark that is forgotten stays for ever.",
    runbook: deployment["drain"],
    examples: [
      fires({ input: draining("0x4 1x80"), at: "65m", value: 1 }),
      quiet("the drain ends in time", { input: draining("0x4 1x55 0x60"), until: "110m" }),
    ],
  }),
  liveNotReady: alert("MCLiveNotReady", {
    panel: rolloutPanels.comingBack,
    expression: promql`${live} > ${ready.query}`,
    trigger: "more MCs are live than ready",
    severity: "warning",
    summary: "An MC is live but not ready",
    impact: "It has not registered with the GC: it serves nobody, though its process runs.",
    runbook: deployment["verification"],
    examples: [
      fires({ input: [upAt(address, "1x30"), podAt(address), podReady("1x4 0x30")], at: "10m", value: 1 }),
      quiet("it becomes ready within a minute", {
        input: [upAt(address, "1x30"), podAt(address), podReady("0x1 1x30")],
        until: "30m",
      }),
      quiet("another installation is scraped under the same job", {
        input: [upAt(address, "1x30"), upAt("10.9.3.7", "1x30"), podAt(address), podReady("1x30")],
        until: "30m",
      }),
    ],
  }),
  readyNotRegistered: alert("MCReadyNotRegistered", {
    panel: rolloutPanels.comingBack,
    expression: promql`${ready.query} > ${registered.query}`,
    trigger: "more MCs are ready than the GC accepts heartbeats from",
    severity: "warning",
    summary: "An MC is ready but the GC accepts no heartbeats of it",
    impact: "The GC forgets it after 30 s: it gets no new meetings.",
    runbook: deployment["verification"],
    examples: [
      fires({ input: [up("1x30"), podReady("1x30")], at: "5m", value: 1 }),
      quiet("heartbeats flow", { input: [up("1x30"), podReady("1x30"), heartbeats("0+6x30")], until: "30m" }),
    ],
  }),
};
