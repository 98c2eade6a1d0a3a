import assert from "node:assert/strict";
import { resolve } from "node:path";
import { loadProject } from "../../project";
import { nameOf, namesOf, type AlertLabels } from "./alertmanager";
import { deployedLabels } from "./deployed-alerting";

/** Every deployed alert as it fires in its first example; what goes by actor type fires for two of them. */
export function firingAlerts(deployed: string): readonly AlertLabels[] {
  const examples = new Map(
    loadProject(resolve(__dirname, "../.."))
      .services.flatMap((service) => service.alerts)
      .map((alert) => [alert.name, alert.examples.find((example) => example.type === "fires")?.labels ?? {}]),
  );
  return deployedLabels(deployed)
    .map((labels): AlertLabels => ({ ...examples.get(labels["alertname"] ?? ""), ...labels }))
    .flatMap((labels) => ("actor_type" in labels ? [labels, { ...labels, actor_type: "ParticipantActor" }] : [labels]));
}

/** Whether it explains other alerts. */
export function isSource({ alertname = "", burn_rate: burnRate = "1" }: AlertLabels): boolean {
  return ["GCDown", "GCNotReady", "MCDown", "MCCriticalMailboxDepth"].includes(alertname) || burnRate !== "1";
}

/** Whether it is a burn that a faster one of the same objective explains. */
export function isSlowerBurn({ burn_rate: burnRate = "14.4" }: AlertLabels): boolean {
  return burnRate !== "14.4";
}

/** Whether it explains other alerts, and is explained itself: a GC that is down is not ready either. */
export function isBetween({ alertname }: AlertLabels): boolean {
  return alertname === "GCNotReady";
}

/** The source with all alerts that explain no others, the slower burns of its objective, and what it explains of a GC. */
export function alongside(source: AlertLabels, alerts: readonly AlertLabels[]): readonly AlertLabels[] {
  const isSlower = ({ slo, actor_type: actorType, burn_rate: burnRate }: AlertLabels): boolean =>
    slo !== undefined &&
    slo === source["slo"] &&
    actorType === source["actor_type"] &&
    Number(burnRate) < Number(source["burn_rate"]);
  const isExplained = (alert: AlertLabels): boolean => source["alertname"] === "GCDown" && isBetween(alert);
  return [source, ...alerts.filter((alert) => !isSource(alert) || isSlower(alert) || isExplained(alert))];
}

/** The alert of that short name. */
export function findAlert(alerts: readonly AlertLabels[], name: string): AlertLabels {
  const found = alerts.find((alert) => nameOf(alert) === name);
  assert.ok(found, `${name} is not deployed. There are:\n${namesOf(alerts).join("\n")}`);
  return found;
}
