import { thresholdOf, type Alert } from "../alert";
import { promql, withWindow, type Query } from "../query";
import type { Limit, PromqlGate } from "../rollout";
import { selectPods, type Pods } from "./pod-series";
import { platform } from "./platform";

/** A rollout does not begin where the alert would be about to fire. */
export function belowThresholdOf(alert: Alert): Limit {
  const below = thresholdOf(alert);
  if (below === undefined) throw new Error(`${alert.name} has no threshold to stay below.`);
  return { below };
}

/** That no pod of the workload is short of CPU, which whoever is left will need more of. */
export function cpuGate(share: Query, alert: Alert, own: Pods): PromqlGate {
  const cpu = withWindow(share, "5m");
  const ownPods = promql`max by (pod) (${selectPods(own)(platform.podInfo)})`;
  return {
    type: "promql",
    id: "cpu-to-spare",
    title: "CPU to spare",
    reason: "While one pod is away, the others do its work: never begin during high load.",
    query: promql`max(${cpu})\n+ 0 * max(${cpu} and on (pod) ${ownPods})`,
    holds: belowThresholdOf(alert),
  };
}
