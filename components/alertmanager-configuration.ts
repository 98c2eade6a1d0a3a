import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { isRouted, type Receivers } from "../core/model/receiver";
import {
  renderAlertmanagerFragment,
  renderAlertmanagerYaml,
  renderInhibitionConfig,
  renderRoutingConfig,
  type Alerting,
} from "../core/render/alertmanager";
import type { InhibitRule } from "../core/model/inhibit-rule";
import { mapInput, requireObjectName } from "./input";

/** What {@link AlertmanagerConfiguration} needs. */
export interface AlertmanagerConfigurationArgs {
  /** What silences what, as `renderInhibitions` has it of a model. */
  readonly inhibitions: readonly InhibitRule[];
  /** Who is told of which severity. Routing is somebody else's when left out or empty. */
  readonly receivers?: Receivers;
  /**
   * What every alert of this installation carries beside `namespace`, as `alertLabelsOf` has it: people are told of these alerts
   * only. Nothing when left out.
   */
  readonly alertLabels?: Readonly<Record<string, string>>;
  /** Kubernetes namespace of the objects; who is told is told only of alerts whose label `namespace` is this. */
  readonly namespace: pulumi.Input<string>;
  /**
   * `operator`: AlertmanagerConfigs, one for the inhibitions and one for the routing, whose Secrets may be missing. `plain`: a
   * ConfigMap with a whole alertmanager.yaml. `fragment`: a ConfigMap with what to add to one that is somebody else's.
   * `operator` when left out.
   */
  readonly target?: "operator" | "plain" | "fragment";
  /** The name of the object; that of the routing is `<this>-routing`. The component's name when left out. */
  readonly objectName?: string;
  /** Labels of the objects, among them those by which the operator selects them. None when left out. */
  readonly labels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/** Across services: what silences a page while the page that explains it fires, and who is told of which severity. */
export class AlertmanagerConfiguration extends pulumi.ComponentResource {
  constructor(name: string, args: AlertmanagerConfigurationArgs, opts?: pulumi.ComponentResourceOptions) {
    const {
      inhibitions,
      receivers = {},
      alertLabels = {},
      namespace,
      target = "operator",
      objectName = name,
      labels = {},
    } = args;
    const shown = {
      ...{ receivers, namespace, target, objectName, labels, inhibitions: inhibitions.length },
      ...(args.alertLabels && { alertLabels }),
    };
    requireObjectName("objectName", objectName);
    super("dark-tower:observability:AlertmanagerConfiguration", name, shown, opts);
    const metadata = { name: objectName, namespace, labels };
    const alerting = { inhibitions, receivers, alertLabels };
    if (target !== "operator") {
      const data =
        target === "plain"
          ? { "alertmanager.yaml": renderAlertmanagerYaml(alerting) }
          : {
              "alertmanager-fragment.yaml": mapInput(namespace, (known) =>
                renderAlertmanagerFragment(alerting, known, `${objectName}-`),
              ),
            };
      new k8s.core.v1.ConfigMap(name, { metadata, data }, { parent: this });
    } else {
      // First, so that at no moment of a change somebody is told nothing; and apart, because the operator drops an object whose Secret is missing.
      const routing = isRouted(receivers) || receivers.watchdog ? [this.route(name, metadata, alerting)] : [];
      new k8s.apiextensions.CustomResource(
        name,
        { ...alertmanagerConfig, metadata, spec: renderInhibitionConfig(alerting) },
        { parent: this, dependsOn: routing },
      );
    }
    this.registerOutputs({});
  }

  private route(name: string, metadata: Metadata, alerting: Alerting): pulumi.Resource {
    const spec = mapInput(metadata.namespace, (namespace) => renderRoutingConfig(alerting, namespace));
    return new k8s.apiextensions.CustomResource(
      `${name}-routing`,
      { ...alertmanagerConfig, metadata: { ...metadata, name: `${metadata.name}-routing` }, spec },
      { parent: this },
    );
  }
}

const alertmanagerConfig = { apiVersion: "monitoring.coreos.com/v1alpha1", kind: "AlertmanagerConfig" };

interface Metadata {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
