import { panel, platform, podsOf, promql, where } from "../../core/model";
import { metrics as gcMetrics } from "../gc/metrics";
import { fourScrapes, seriesOfPods } from "../../core/model/standard/pod-series";
import { metrics } from "./metrics";
import { drainedBelow, workload } from "./workload";

const podReady = where(platform.podReady, { namespace: workload.namespace, pod: podsOf(workload), condition: "true" });
// Several kube-state-metrics report the same pods.
const ready = promql`sum(max by (pod) (${podReady}))`;
const accepted = where(metrics.gcHeartbeats, { status: "success" });
const up = where(platform.up, { job: workload.job });

/** The graphs beside the gates of a rollout. */
export const rolloutPanels = {
  drain: panel("drain", {
    title: "Active meetings while draining",
    description: `Meetings that each MC's pod holds. Go on when the line of the draining one is below ${drainedBelow}.`,
    unit: "short",
    limit: { value: drainedBelow, label: "go on below" },
    queries: {
      pod: { query: seriesOfPods({ workload }, (select) => select(metrics.meetings)), legend: "{{pod}}" },
    },
  }),
  draining: panel("draining", {
    title: "Draining MCs",
    description: "MCs that the GC's registry has marked draining. The mark must not be forgotten.",
    unit: "short",
    queries: {
      draining: {
        query: promql`max(${where(gcMetrics.registeredControllers, { controller_type: "meeting", status: "draining" })})`,
        legend: "draining",
      },
    },
  }),
  comingBack: panel("coming-back", {
    title: "Live, ready, registered",
    description:
      "How many MCs are live (scraped), ready, and registered (the GC accepts their heartbeats). After a rollout all three are equal.",
    unit: "short",
    queries: {
      live: { query: promql`sum(${up})`, legend: "live" },
      ready: { query: ready, legend: "ready" },
      registered: {
        query: promql`
          count(sum by (instance) (irate(${accepted}[${fourScrapes}]) and ${accepted}) > 0)
          or 0 * count(${up})`,
        legend: "registered",
      },
    },
  }),
};
