import * as pulumi from "@pulumi/pulumi";
import { indexOf, type Model } from "../core/model/model";
import type { Service } from "../core/model/service";
import type { Links } from "../core/render/links";
import { GrafanaDashboards } from "./grafana-dashboards";
import { PrometheusRules } from "./prometheus-rules";
import { RunbookConfigMaps } from "./runbook-config-maps";

/** What {@link ServiceObservability} needs. */
export interface ServiceObservabilityArgs {
  readonly service: Service;
  /** The checked model that holds the service: its alerts' links are looked up there. */
  readonly model: Model;
  readonly links: Links;
  /** Kubernetes namespace of everything that is deployed. */
  readonly namespace: string;
  readonly dashboardDelivery: "grafana-api" | "configmap";
  readonly ruleSelectorLabels: Readonly<Record<string, string>>;
}

/** What is deployed for one service, as the stack's output tells it. */
export interface DeployedService {
  readonly alerts: readonly string[];
  readonly recordingRules: number;
  /** The address of each dashboard, by uid. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** The Markdown files in each ConfigMap, by its name. */
  readonly runbooks: Readonly<Record<string, readonly string[]>>;
}

/** The whole chain of one service: runbooks and dashboards first, then the rules whose alerts lead to them. */
export class ServiceObservability extends pulumi.ComponentResource {
  readonly deployed: DeployedService;

  constructor(name: string, args: ServiceObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:ServiceObservability", name, {}, opts);
    const { service, model, links, namespace } = args;
    const index = indexOf(model);
    const runbooks = new RunbookConfigMaps(
      `${name}-runbooks`,
      { service, runbooks: model.runbooks, namespace },
      { parent: this },
    );
    const dashboards = new GrafanaDashboards(
      `${name}-dashboards`,
      { service, index, links, delivery: args.dashboardDelivery, namespace },
      { parent: this },
    );
    const rules = new PrometheusRules(
      `${name}-rules`,
      { service, index, links, namespace, selectorLabels: args.ruleSelectorLabels },
      { parent: this, dependsOn: [runbooks, dashboards] },
    );
    this.deployed = {
      alerts: rules.alerts,
      recordingRules: rules.recordingRules,
      dashboards: dashboards.dashboards,
      runbooks: runbooks.configMaps,
    };
    this.registerOutputs({ ...this.deployed });
  }
}
