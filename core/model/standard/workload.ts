import { declared } from "../declaration";
import type { Alert, Severity } from "../alert";
import type { Accepts } from "../finding";
import type { Panel } from "../panel";
import { partRow, type Part } from "../part";
import type { Workload } from "../workload";
import { replicaAlerts, replicaPanels, type ReplicaAlerts } from "./replicas";
import { resourceAlerts, resourcePanels, type ResourceAlerts } from "./resources";
import { scrapingAlerts, scrapingPanels, type ScrapingAlerts } from "./scraping";

/** The panels that every workload has: is it scraped, complete, restarting, within its limits? */
export function workloadPanels(workload: Workload) {
  return { ...scrapingPanels(workload), ...replicaPanels(workload), ...resourcePanels(workload) };
}

type WorkloadPanels = ReturnType<typeof workloadPanels>;

/** The row in which one sees whether a workload is well; what is `beside` it, such as an upstream, stands second. */
export function healthRow(panels: WorkloadPanels, ...beside: readonly Panel[]): readonly Panel[] {
  const { instancesUp, up, scrapesAnswered, ready, replicas, deploymentsKnown, restarts } = panels;
  return [instancesUp, ...beside, up, scrapesAnswered, ready, replicas, deploymentsKnown, restarts];
}

/** The row of what a workload uses. */
export function resourceRow({ memory, cpu, unlimited }: WorkloadPanels): readonly Panel[] {
  return [memory, cpu, unlimited];
}

/** Where each of a workload's alerts leads, and what it means that none or one of its instances is down. */
export interface WorkloadAlerts extends ScrapingAlerts, ResourceAlerts {
  readonly restarting: ReplicaAlerts["restarting"];
  /** What is different of single alerts, by their names here. */
  readonly but?: Readonly<Partial<Record<StandardAlert, { readonly severity?: Severity; readonly accepts?: Accepts }>>>;
}

type StandardAlert = keyof (ReturnType<typeof scrapingAlerts> &
  ReturnType<typeof replicaAlerts> &
  ReturnType<typeof resourceAlerts>);

/** The alerts that every workload has, on the panels of {@link workloadPanels}. */
export function workloadAlerts(
  workload: Workload,
  panels: WorkloadPanels,
  told: WorkloadAlerts,
): Readonly<Record<StandardAlert, Alert>> {
  const { down, oneDown, restarting, but = {} } = told;
  const alerts = {
    ...scrapingAlerts(workload, panels, told),
    ...replicaAlerts(workload, panels, { missing: { ...oneDown, runbook: down }, restarting }),
    ...resourceAlerts(workload, panels, told),
  };
  const changes = new Map(Object.entries(but));
  const changed = Object.entries(alerts).map(([name, alert]): [string, Alert] => [
    name,
    declared({ ...alert, ...changes.get(name) }),
  ]);
  return { ...alerts, ...Object.fromEntries<Alert>(changed) };
}

/** A workload as a part of its service: the rows Health and Resources, and the alerts that every workload has. */
export function workloadPart(
  workload: Workload,
  told: WorkloadAlerts,
): Part<StandardAlert> & { readonly panels: WorkloadPanels } {
  const panels = workloadPanels(workload);
  return {
    metrics: {},
    panels,
    rows: [partRow("Health", "first", healthRow(panels)), partRow("Resources", "last", resourceRow(panels))],
    alerts: workloadAlerts(workload, panels, told),
    background: [],
  };
}
