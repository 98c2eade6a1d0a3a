import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as grafana from "@pulumiverse/grafana";
import { dashboardConfigMapName } from "../core/render/dashboard-config-map";
import { requireObjectName } from "./input";

/** What {@link GrafanaDashboards} needs. */
export interface GrafanaDashboardsArgs {
  /** The JSON of each dashboard by its uid, which the JSON holds as well. */
  readonly dashboards: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * The folder that they lie in: its title, and the uid of the one that is made with `grafana-api`. Grafana's own for what has
   * none when left out.
   */
  readonly folder?: { readonly title: pulumi.Input<string>; readonly uid: string };
  /** `configmap`: as ConfigMaps for Grafana's dashboard sidecar. `grafana-api`: through Grafana's API. `configmap` when left out. */
  readonly delivery?: "grafana-api" | "configmap";
  /** Kubernetes namespace of the ConfigMaps. May be left out with `grafana-api` alone. */
  readonly namespace?: pulumi.Input<string>;
  /** A ConfigMap is named `<this>dashboard-<uid>`. Nothing when left out; else it ends in a dash. */
  readonly namePrefix?: string;
  /** Labels of the ConfigMaps beside the sidecar's `grafana_dashboard`. None when left out. */
  readonly labels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/** Dashboards in a Grafana folder: the same ones, whichever way they are delivered. */
export class GrafanaDashboards extends pulumi.ComponentResource {
  /** @throws InputPropertyError when there is no namespace for ConfigMaps. */
  constructor(name: string, args: GrafanaDashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { dashboards, folder, delivery = "configmap", namespace, namePrefix = "", labels = {} } = args;
    const shown = { dashboards: Object.keys(dashboards), ...(folder && { folder }), delivery, namePrefix, labels };
    if (delivery === "configmap" && namespace === undefined)
      throw new pulumi.InputPropertyError({ propertyPath: "namespace", reason: "namespace is missing: ConfigMaps need one." });
    for (const uid of Object.keys(dashboards)) requireObjectName("namePrefix", dashboardConfigMapName(namePrefix, uid));
    super("dark-tower:observability:GrafanaDashboards", name, { ...shown, ...(namespace && { namespace }) }, opts);
    if (namespace === undefined || delivery === "grafana-api") this.sendToGrafana(name, args);
    else this.writeConfigMaps(name, { ...args, namespace });
    this.registerOutputs({});
  }

  private sendToGrafana(name: string, { dashboards, folder }: GrafanaDashboardsArgs): void {
    const made = folder && { folder: new grafana.oss.Folder(name, { ...folder }, { parent: this }).uid };
    for (const [dashboard, configJson] of Object.entries(dashboards))
      new grafana.oss.Dashboard(`${name}-${dashboard}`, { ...made, configJson, overwrite: true }, { parent: this });
  }

  /** The label and the annotation are those that the sidecar of Grafana's Helm chart looks for by default. */
  private writeConfigMaps(name: string, args: GrafanaDashboardsArgs & { readonly namespace: pulumi.Input<string> }): void {
    const { dashboards, folder, namespace, namePrefix = "", labels = {} } = args;
    for (const [uid, json] of Object.entries(dashboards)) {
      const metadata = {
        name: dashboardConfigMapName(namePrefix, uid),
        namespace,
        labels: pulumi.output(labels).apply((own) => ({ ...own, grafana_dashboard: "1" })),
        ...(folder && { annotations: { grafana_folder: folder.title } }),
      };
      new k8s.core.v1.ConfigMap(`${name}-${uid}`, { metadata, data: { [`${uid}.json`]: json } }, { parent: this });
    }
  }
}
