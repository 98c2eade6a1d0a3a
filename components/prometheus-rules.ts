import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ModelIndex } from "../core/model/model";
import type { Service } from "../core/model/service";
import type { Links } from "../core/render/links";
import { objectLabels } from "../core/render/object-labels";
import { renderRuleObjects } from "../core/render/prometheus-rule";

/** What {@link PrometheusRules} needs. */
export interface PrometheusRulesArgs {
  readonly service: Service;
  readonly index: ModelIndex;
  readonly links: Links;
  readonly namespace: string;
  /** Labels by which the Prometheus operator selects rules, beside those that every object has. */
  readonly selectorLabels: Readonly<Record<string, string>>;
}

/**
 * The recording and alerting rules of one service. Give it `dependsOn` the runbooks and dashboards that its
 * alerts link to: then it is created after them and deleted before them.
 */
export class PrometheusRules extends pulumi.ComponentResource {
  /** The names of the alerts. */
  readonly alerts: readonly string[];
  readonly recordingRules: number;

  constructor(name: string, args: PrometheusRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:PrometheusRules", name, {}, opts);
    const { service, index, links, namespace, selectorLabels } = args;
    renderRuleObjects(service, index, links).forEach((object, number) => {
      new k8s.apiextensions.CustomResource(
        number === 0 ? name : `${name}-${number + 1}`,
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: object.name, namespace, labels: { ...objectLabels(service), ...selectorLabels } },
          spec: { groups: object.groups },
        },
        { parent: this },
      );
    });
    this.alerts = service.alerts.map((alert) => alert.name);
    this.recordingRules = service.recordingRules.length;
    this.registerOutputs({ alerts: this.alerts, recordingRules: this.recordingRules });
  }
}
