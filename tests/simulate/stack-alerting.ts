import assert from "node:assert/strict";
import { resolve } from "node:path";
import { parse } from "yaml";
import { loadStackFile } from "../../load/stack-file";
import { loadProject, prepareDeployment, type Deployment } from "../../project";
import { renderAlertmanagerConfig, renderAlertmanagerYaml } from "../../render/alertmanager";
import { renderInhibitions } from "../../render/inhibitions";
import { readConfiguration, type AlertmanagerConfiguration } from "../../simulate/alertmanager-configuration";
import { convertAsOperator } from "../../simulate/operator-configuration";

const root = resolve(__dirname, "../..");

/** The two ways in which a configuration reaches Alertmanager. */
export const deliveries = ["operator", "plain"] as const;
export type Delivery = (typeof deliveries)[number];

/** What a stack deploys. */
export function deploymentOf(stack: string): Deployment {
  const loaded = loadStackFile(root, stack);
  assert.ok("value" in loaded);
  const prepared = prepareDeployment(loadProject(root), stack, loaded.value);
  assert.ok("value" in prepared);
  return prepared.value;
}

/** The configuration with which the Alertmanager of such a deployment runs. */
export function configurationOf({ model, settings }: Deployment, delivery: Delivery): AlertmanagerConfiguration {
  const { receivers, monitoringNamespace: namespace } = settings;
  const alerting = { inhibitions: renderInhibitions(model, receivers), receivers };
  return delivery === "operator"
    ? convertAsOperator({ name: "dark-tower-alertmanager", namespace, spec: renderAlertmanagerConfig(alerting) })
    : readConfiguration(parse(renderAlertmanagerYaml(alerting)));
}
