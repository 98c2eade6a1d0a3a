import { parse } from "yaml";
import type { Model } from "../model/model";
import type { Receivers } from "../model/receiver";
import { renderAlertmanagerConfig, renderAlertmanagerYaml } from "../render/alertmanager";
import { renderInhibitions } from "../render/inhibitions";
import { readConfiguration, type AlertmanagerConfiguration } from "./alertmanager-configuration";
import { convertAsOperator } from "./operator-configuration";

/** What a stack says of its Alertmanager. */
export interface AlertmanagerSettings {
  readonly monitoringNamespace: string;
  readonly alertmanager: "operator" | "plain";
  readonly receivers: Receivers;
}

/** The configuration with which the Alertmanager of a stack runs, once the operator, where there is one, has done its work. */
export function deployedAlertmanager(model: Model, settings: AlertmanagerSettings): AlertmanagerConfiguration {
  const { monitoringNamespace: namespace, receivers } = settings;
  const alerting = { inhibitions: renderInhibitions(model, receivers), receivers };
  return settings.alertmanager === "operator"
    ? convertAsOperator({ name: "dark-tower-alertmanager", namespace, spec: renderAlertmanagerConfig(alerting) })
    : readConfiguration(parse(renderAlertmanagerYaml(alerting)));
}
