import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { renderAlertmanagerConfig, renderAlertmanagerYaml } from "../render/alertmanager";
import type { InhibitRule } from "../render/inhibitions";
import { objectLabels } from "../render/object-labels";

/** What {@link AlertInhibitions} needs. */
export interface AlertInhibitionsArgs {
  readonly rules: readonly InhibitRule[];
  readonly namespace: string;
  /** `operator`: an AlertmanagerConfig. `plain`: a ConfigMap with a whole alertmanager.yaml. */
  readonly delivery: "operator" | "plain";
  /** Labels by which the Prometheus operator selects AlertmanagerConfigs. */
  readonly selectorLabels: Readonly<Record<string, string>>;
}

/** What silences a page while the page that explains it fires, across all services. */
export class AlertInhibitions extends pulumi.ComponentResource {
  constructor(name: string, args: AlertInhibitionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:AlertInhibitions", name, {}, opts);
    const { rules, namespace, delivery, selectorLabels } = args;
    const metadata = {
      name: "dark-tower-inhibitions",
      namespace,
      labels: { ...objectLabels({ id: "inhibitions" }), ...selectorLabels },
    };
    if (delivery === "operator") {
      new k8s.apiextensions.CustomResource(
        name,
        {
          apiVersion: "monitoring.coreos.com/v1alpha1",
          kind: "AlertmanagerConfig",
          metadata,
          spec: renderAlertmanagerConfig(rules),
        },
        { parent: this },
      );
    } else {
      const data = { "alertmanager.yaml": renderAlertmanagerYaml(rules) };
      new k8s.core.v1.ConfigMap(name, { metadata, data }, { parent: this });
    }
    this.registerOutputs({});
  }
}
