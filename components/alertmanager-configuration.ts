import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { renderAlertmanagerConfig, renderAlertmanagerYaml, type Alerting } from "../core/render/alertmanager";
import { objectLabels } from "../core/render/object-labels";

/** What {@link AlertmanagerConfiguration} needs. */
export interface AlertmanagerConfigurationArgs {
  readonly alerting: Alerting;
  readonly namespace: string;
  /** `operator`: an AlertmanagerConfig. `plain`: a ConfigMap with a whole alertmanager.yaml. */
  readonly delivery: "operator" | "plain";
  /** Labels by which the Prometheus operator selects AlertmanagerConfigs. */
  readonly selectorLabels: Readonly<Record<string, string>>;
}

/** Across all services: what silences a page while the page that explains it fires, and who is told of which severity. */
export class AlertmanagerConfiguration extends pulumi.ComponentResource {
  constructor(name: string, args: AlertmanagerConfigurationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:AlertmanagerConfiguration", name, {}, opts);
    const { alerting, namespace, delivery, selectorLabels } = args;
    const metadata = {
      name: "dark-tower-alertmanager",
      namespace,
      labels: { ...objectLabels({ id: "alertmanager" }), ...selectorLabels },
    };
    if (delivery === "operator") {
      new k8s.apiextensions.CustomResource(
        name,
        {
          apiVersion: "monitoring.coreos.com/v1alpha1",
          kind: "AlertmanagerConfig",
          metadata,
          spec: renderAlertmanagerConfig(alerting),
        },
        { parent: this },
      );
    } else {
      new k8s.core.v1.ConfigMap(
        name,
        { metadata, data: { "alertmanager.yaml": renderAlertmanagerYaml(alerting) } },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
