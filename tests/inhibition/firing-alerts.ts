import assert from "node:assert/strict";
import { resolve } from "node:path";
import { loadProject } from "../../project";
import { nameOf, namesOf, type AlertLabels } from "./alertmanager";
import { deployedLabels } from "./deployed-alerting";

const model = loadProject(resolve(__dirname, "../.."));

/** Every deployed alert as it fires in its first example; what goes by actor type fires for two of them. */
export function firingAlerts(deployed: string): readonly AlertLabels[] {
  const examples = new Map(
    model.services
      .flatMap((service) => service.alerts)
      .map((alert) => [alert.name, alert.examples.find((example) => example.type === "fires")?.labels ?? {}]),
  );
  return deployedLabels(deployed)
    .map((labels): AlertLabels => ({ ...examples.get(labels["alertname"] ?? ""), ...labels }))
    .flatMap((labels) => ("actor_type" in labels ? [labels, { ...labels, actor_type: "ParticipantActor" }] : [labels]));
}

/** Whether one alert explains another by a declared cascade, or as the faster burn of the same objective. */
export function explains(source: AlertLabels, target: AlertLabels): boolean {
  const areEqual = (...names: readonly string[]): boolean => names.every((name) => source[name] === target[name]);
  const byCascade = model.cascades.some(
    ({ upstream, downstream, equal = [], hintOnly = false }) =>
      !hintOnly &&
      upstream.name === source["alertname"] &&
      downstream.some(({ name }) => name === target["alertname"]) &&
      areEqual("namespace", ...equal),
  );
  const isFasterBurn =
    source["slo"] !== undefined &&
    areEqual("namespace", "slo", "actor_type") &&
    Number(source["burn_rate"]) > Number(target["burn_rate"]);
  return byCascade || isFasterBurn;
}

/** The short names of those that others among them explain, sorted. */
export function explainedAmong(alerts: readonly AlertLabels[]): readonly string[] {
  return namesOf(alerts.filter((target) => alerts.some((source) => explains(source, target))));
}

/** The source, what it explains, and all alerts that explain no others. */
export function alongside(source: AlertLabels, alerts: readonly AlertLabels[]): readonly AlertLabels[] {
  const isSource = (alert: AlertLabels): boolean => alerts.some((target) => explains(alert, target));
  return [source, ...alerts.filter((alert) => alert !== source && (!isSource(alert) || explains(source, alert)))];
}

/** The alert of that short name. */
export function findAlert(alerts: readonly AlertLabels[], name: string): AlertLabels {
  const found = alerts.find((alert) => nameOf(alert) === name);
  assert.ok(found, `${name} is not deployed. There are:\n${namesOf(alerts).join("\n")}`);
  return found;
}
