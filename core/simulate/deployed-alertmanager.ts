import { parse } from "yaml";
import { z } from "zod";
import { alertLabelsOf } from "../model/installation";
import type { Model } from "../model/model";
import type { Receivers } from "../model/receiver";
import {
  renderAlertmanagerFragment,
  renderAlertmanagerYaml,
  renderInhibitionConfig,
  renderRoutingConfig,
  type Alerting,
} from "../render/alertmanager";
import { renderInhibitions } from "../render/inhibitions";
import { readConfiguration, type AlertmanagerConfiguration } from "./alertmanager-configuration";
import { convertAsOperator, type AlertmanagerConfigObject } from "./operator-configuration";

/** What a stack says of its Alertmanager. */
export interface AlertmanagerSettings {
  readonly monitoringNamespace: string;
  readonly alertmanager: "operator" | "plain" | "fragment";
  readonly receivers: Receivers;
}

/** The configuration with which the Alertmanager of a stack runs, once the operator, or whoever adds the fragment, has done his work. */
export function deployedAlertmanager(model: Model, settings: AlertmanagerSettings): AlertmanagerConfiguration {
  const { monitoringNamespace, receivers } = settings;
  const alertLabels = alertLabelsOf(model.installation);
  const alerting = { inhibitions: renderInhibitions(model, receivers), receivers, alertLabels };
  switch (settings.alertmanager) {
    case "operator":
      return convertAsOperator(alertmanagerConfigObjects(alerting, monitoringNamespace));
    case "plain":
      return readConfiguration(parse(renderAlertmanagerYaml(alerting)));
    case "fragment":
      return mergeFragment(renderAlertmanagerFragment(alerting, monitoringNamespace, "added-"));
  }
}

/** The AlertmanagerConfigs of a stack: the inhibitions and, where there are receivers, who is told. */
export function alertmanagerConfigObjects(alerting: Alerting, namespace: string): readonly AlertmanagerConfigObject[] {
  const routing = renderRoutingConfig(alerting, namespace);
  return [
    { name: "inhibitions", namespace, spec: renderInhibitionConfig(alerting) },
    ...(routing ? [{ name: "routing", namespace, spec: routing }] : []),
  ];
}

/** A fragment in the smallest configuration that somebody can have: one that tells nobody. */
export function mergeFragment(fragment: string): AlertmanagerConfiguration {
  const { route, receivers = [], inhibit_rules = [] } = readFragment(fragment);
  return readConfiguration({
    route: { receiver: "null", routes: route?.routes ?? [] },
    receivers: [{ name: "null" }, ...receivers],
    inhibit_rules,
  });
}

const fragmentShape = z.strictObject({
  route: z.strictObject({ routes: z.array(z.unknown()) }).optional(),
  receivers: z.array(z.unknown()).optional(),
  inhibit_rules: z.array(z.unknown()).optional(),
});

function readFragment(text: string): z.infer<typeof fragmentShape> {
  return fragmentShape.parse(parse(text));
}
