import type { Cascade } from "../core/model/dependency";
import type { RunbookSection } from "../core/model/runbook";
import type { Workload } from "../core/model/workload";
import { replicaAlerts, replicaPanels, type ReplicaAlerts } from "./replicas";
import { resourceAlerts, resourcePanels } from "./resources";
import { scrapingAlerts, scrapingPanels, type ScrapingAlerts } from "./scraping";

/** The panels that every workload has: is it scraped, complete, restarting, within its limits? */
export function workloadPanels(workload: Workload) {
  return { ...scrapingPanels(workload), ...replicaPanels(workload), ...resourcePanels(workload) };
}

/** Where each of a workload's alerts leads, and what it means that none or one of its instances is down. */
export interface WorkloadAlerts extends ScrapingAlerts {
  readonly restarting: ReplicaAlerts["restarting"];
  readonly resources: RunbookSection;
}

/** The alerts that every workload has, on the panels of {@link workloadPanels}. */
export function workloadAlerts(workload: Workload, panels: ReturnType<typeof workloadPanels>, told: WorkloadAlerts) {
  const { down, oneDown, restarting, resources } = told;
  return {
    ...scrapingAlerts(workload, panels, told),
    ...replicaAlerts(workload, panels, { missing: { ...oneDown, runbook: down }, restarting }),
    ...resourceAlerts(workload, panels, resources),
  };
}

/** What explains what among the alerts of one workload. */
export function workloadCascades(alerts: ReturnType<typeof workloadAlerts>): readonly Cascade[] {
  const { down, instanceDown, instanceFlapping, replicasMissing } = alerts;
  return [
    {
      upstream: down,
      downstream: [instanceDown, instanceFlapping, replicasMissing],
      reason: "None of the instances is up, this one among them.",
    },
    {
      upstream: instanceDown,
      downstream: [instanceFlapping],
      equal: ["instance"],
      reason: "The instance has not answered for longer than a moment.",
    },
    {
      upstream: instanceDown,
      downstream: [replicasMissing],
      reason: "An instance that cannot be scraped is hardly available.",
    },
  ];
}
