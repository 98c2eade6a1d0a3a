import * as pulumi from "@pulumi/pulumi";
import type { RuleDocument } from "../core/render/prometheus-rule";
import { GrafanaDashboards } from "./grafana-dashboards";
import { mergeLabels } from "./input";
import { PrometheusRules } from "./prometheus-rules";
import { RunbookConfigMaps } from "./runbook-config-maps";

/** What {@link FileObservability} needs: what `loadCheckedFiles` returns, and where it is deployed. */
export interface FileObservabilityArgs {
  /** The rule groups of each file, as they are written, by a name for their object. */
  readonly rules: Readonly<Record<string, { readonly groups: readonly RuleDocument[] }>>;
  /** The JSON of each dashboard, by its uid. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** The Markdown of each runbook, by a key of a ConfigMap such as `mc.md`. */
  readonly runbooks: Readonly<Record<string, string>>;
  /** Kubernetes namespace of everything that is deployed. */
  readonly namespace: pulumi.Input<string>;
  /** `operator`: PrometheusRule objects. `configmap`: rule files in ConfigMaps. `operator` when left out. */
  readonly ruleTarget?: "operator" | "configmap";
  /** Labels of the rules' objects beside their own, by which an operator or a sidecar selects them. None when left out. */
  readonly ruleLabels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** Labels of the dashboards' ConfigMaps beside their own and the sidecar's `grafana_dashboard`. None when left out. */
  readonly dashboardLabels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** How the names of objects begin, with a dash at the end, such as `ops-`. With the component's name and a dash when left out. */
  readonly namePrefix?: string;
  /** The label `app.kubernetes.io/part-of` of each object. The component's name when left out. */
  readonly partOf?: string;
}

/**
 * Files deployed as they are: runbooks and dashboards first, then the rules whose alerts lead to them, and removed the other
 * way round, as ServiceObservability does it. Give it what `loadCheckedFiles` returns, which refuses a broken chain.
 */
export class FileObservability extends pulumi.ComponentResource {
  constructor(name: string, args: FileObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    const { rules, dashboards, runbooks, namespace, ruleTarget = "operator", partOf = name } = args;
    const { ruleLabels = {}, dashboardLabels = {}, namePrefix = `${name}-` } = args;
    const files = { rules: Object.keys(rules), dashboards: Object.keys(dashboards), runbooks: Object.keys(runbooks) };
    const shown = { ...files, namespace, ruleTarget, ruleLabels, dashboardLabels, namePrefix, partOf };
    super("dark-tower:observability:FileObservability", name, shown, opts);
    const labels = { "app.kubernetes.io/part-of": partOf };
    const [parent, before] = [{ parent: this }, [] as pulumi.Resource[]];
    const books = { files: runbooks, namespace, objectName: `${namePrefix}runbooks`, labels };
    before.push(new RunbookConfigMaps(`${name}-runbooks`, books, parent));
    const drawn = { dashboards, namespace, namePrefix, labels: mergeLabels(labels, dashboardLabels) };
    before.push(new GrafanaDashboards(`${name}-dashboards`, drawn, parent));
    for (const [key, { groups }] of Object.entries(rules))
      new PrometheusRules(
        `${name}-${key}`,
        { groups, namespace, target: ruleTarget, objectName: `${namePrefix}${key}`, labels: mergeLabels(labels, ruleLabels) },
        { ...parent, dependsOn: before },
      );
    this.registerOutputs({});
  }
}
