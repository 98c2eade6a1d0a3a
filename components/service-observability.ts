import * as pulumi from "@pulumi/pulumi";
import { isChecked, type CheckedModel } from "../core/model/checked-model";
import { indexOf } from "../core/model/model";
import type { Service } from "../core/model/service";
import { renderDashboard } from "../core/render/dashboard";
import { dashboardUrl } from "../core/render/environment";
import { objectLabels } from "../core/render/object-labels";
import { renderRuleGroups } from "../core/render/rule-groups";
import { filesBeside, runbookFiles } from "../core/render/runbook-config-map";
import { documentBytes } from "../core/render/size";
import { resolveEnvironment, longestEnvironment, type Environment } from "./environment";
import { GrafanaDashboards } from "./grafana-dashboards";
import { isKnown, mapInput, mergeLabels } from "./input";
import { PrometheusRules } from "./prometheus-rules";
import { RunbookConfigMaps } from "./runbook-config-maps";
import { Scraping } from "./scraping";

/** What {@link ServiceObservability} needs. */
export interface ServiceObservabilityArgs {
  /** What is deployed: the very object that the model holds. */
  readonly service: Service;
  /** The checked model that holds the service, from `checkModel`: its alerts' links are looked up there. */
  readonly model: CheckedModel;
  /** The namespace of the objects, and the addresses at which people open what alerts link to. */
  readonly environment: Environment;
  /** `configmap`: for Grafana's dashboard sidecar. `grafana-api`: through Grafana's API. `configmap` when left out. */
  readonly dashboardDelivery?: "grafana-api" | "configmap";
  /** `operator`: PrometheusRule objects. `configmap`: rule files in ConfigMaps. `operator` when left out. */
  readonly ruleTarget?: "operator" | "configmap";
  /** Labels of the rules' objects beside their own, by which an operator or a sidecar selects them. None when left out. */
  readonly ruleLabels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /**
   * `pod-monitor`: a PodMonitor for the service's workload. `scrape-config`: a ConfigMap with the job, for `scrape_config_files`.
   * Both need `scrape.podLabels` of the workload. Somebody else sees to it that the service is scraped when
   * left out.
   */
  readonly scrapeTarget?: "pod-monitor" | "scrape-config";
  /** How the names of objects begin, with a dash at the end, such as `shop-`. They begin with the service's id when left out. */
  readonly namePrefix?: string;
  /** The title of the Grafana folder. The service's title when left out. */
  readonly folder?: pulumi.Input<string>;
  /** The label `app.kubernetes.io/part-of` of each object. The Pulumi project's name when left out. */
  readonly partOf?: string;
  /** Tags of each dashboard beside the service's id, by which dashboards are linked with each other. `partOf` when left out. */
  readonly tags?: readonly string[];
}

/** What is deployed for one service, in numbers and names. */
export interface DeployedService {
  /** How many alerts. */
  readonly alerts: number;
  /** How many recording rules, those of objectives included. */
  readonly recordingRules: number;
  /** The address of each dashboard, by uid. */
  readonly dashboards: Readonly<Record<string, string | pulumi.Output<string>>>;
  /** The Markdown files. */
  readonly runbooks: readonly string[];
}

/** The whole chain of one service: runbooks and dashboards first, then the rules whose alerts lead to them. */
export class ServiceObservability extends pulumi.ComponentResource {
  /** What was deployed, for the outputs of a stack. */
  readonly deployed: DeployedService;

  /** @throws InputPropertyError when the model has not passed its checks, or does not hold the service. */
  constructor(name: string, args: ServiceObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    const { service, model, environment, dashboardDelivery = "configmap", ruleTarget = "operator", namePrefix = "" } = args;
    const { ruleLabels = {}, folder = service.title, partOf = pulumi.getProject(), tags = [partOf] } = args;
    const shown = { service: service.id, environment, dashboardDelivery, ruleTarget, ruleLabels, namePrefix, folder, partOf };
    requireChecked(service, model);
    super("dark-tower:observability:ServiceObservability", name, { ...shown, tags }, opts);
    if (args.scrapeTarget !== undefined && service.workload) {
      const objectName = `${namePrefix}${service.id}-scrape`;
      const scrape = { workload: service.workload, target: args.scrapeTarget, namespace: environment.namespace, objectName };
      new Scraping(
        `${name}-scrape`,
        { ...scrape, labels: mergeLabels(objectLabels(service, partOf), ruleLabels) },
        { parent: this },
      );
    }
    const index = indexOf(model);
    const resolved = resolveEnvironment(environment, tags);
    const labels = objectLabels(service, partOf);
    const { namespace } = environment;
    const files = runbookFiles(service, model.runbooks);
    const runbooks = new RunbookConfigMaps(
      `${name}-runbooks`,
      {
        files,
        binaryFiles: filesBeside(service, model.runbookFiles ?? []),
        namespace,
        objectName: `${namePrefix}${service.id}-runbooks`,
        labels,
      },
      { parent: this },
    );
    const dashboards = new GrafanaDashboards(
      `${name}-dashboards`,
      {
        dashboards: Object.fromEntries(
          service.dashboards.map((dashboard) => [
            dashboard.uid,
            mapInput(resolved, (known) => renderDashboard(dashboard, service, index, known)),
          ]),
        ),
        folder: { uid: `${namePrefix}${service.id}`, title: folder },
        delivery: dashboardDelivery,
        namespace,
        namePrefix,
        labels,
      },
      { parent: this },
    );
    const measured = renderRuleGroups(service, index, isKnown(resolved) ? resolved : longestEnvironment);
    const rendered = mapInput(resolved, (known) => renderRuleGroups(service, index, known));
    new PrometheusRules(
      `${name}-rules`,
      {
        groups: measured.map((group, number) => mapInput(rendered, (groups) => groups[number] ?? group)),
        groupBytes: measured.map(documentBytes),
        namespace,
        target: ruleTarget,
        objectName: `${namePrefix}${service.id}`,
        labels: mergeLabels(labels, ruleLabels),
      },
      { parent: this, dependsOn: [runbooks, dashboards] },
    );
    this.deployed = {
      alerts: service.alerts.length,
      recordingRules: service.recordingRules.length,
      dashboards: Object.fromEntries(
        service.dashboards.map((dashboard) => [dashboard.uid, mapInput(resolved, (known) => dashboardUrl(known, dashboard))]),
      ),
      runbooks: Object.keys(files),
    };
    this.registerOutputs({ ...this.deployed });
  }
}

function requireChecked(service: Service, model: CheckedModel): void {
  if (!isChecked(model))
    throw new pulumi.InputPropertyError({
      propertyPath: "model",
      reason: "model has not passed its checks: give the one that checkModel(model, checks) returns.",
    });
  if (model.services.includes(service)) return;
  const ids = model.services.map(({ id }) => id).join(", ");
  throw new pulumi.InputPropertyError({
    propertyPath: "service",
    reason: `service "${service.id}" is not one of the model's, which are ${ids}: its alerts' links were not checked.`,
  });
}
