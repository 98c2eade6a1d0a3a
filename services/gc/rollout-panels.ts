import { deploymentsOf, panel, platform, promql, where } from "../../core/model";
import { readyOf, selectPods } from "../../core/model/standard/pod-series";
import { metrics } from "./metrics";
import { workload } from "./workload";

const pods = { workload };

/** The graphs beside the gates of a rollout. */
export const rolloutPanels = {
  replicas: panel("replicas", {
    title: "Wanted, present, ready",
    description:
      "How many GC replicas the Deployment should have, how many pods there are, and how many of them are ready. While it rolls there may be one pod more than wanted; afterwards all three are equal.",
    unit: "short",
    queries: {
      wanted: {
        query: promql`max(${where(platform.wantedReplicas, { namespace: workload.namespace, deployment: deploymentsOf(workload) })})`,
        legend: "wanted",
      },
      present: { query: promql`count(max by (pod) (${selectPods(pods)(platform.podInfo)}))`, legend: "present" },
      ready: { query: promql`sum(${readyOf(pods)})`, legend: "ready" },
    },
  }),
  registry: panel("registry", {
    title: "MCs by status",
    description: "MCs in the GC's registry. A rollout of the GC must not move any of them out of healthy.",
    unit: "short",
    queries: {
      status: {
        query: promql`max by (status) (${where(metrics.registeredControllers, { controller_type: "meeting" })})`,
        legend: "{{status}}",
      },
    },
  }),
};
