import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as grafana from "@pulumiverse/grafana";
import type { ModelIndex } from "../core/model/model";
import type { Service } from "../core/model/service";
import { renderDashboard } from "../core/render/dashboard";
import { dashboardUrl, type Links } from "../core/render/links";
import { objectLabels } from "../core/render/object-labels";

/** What {@link GrafanaDashboards} needs. */
export interface GrafanaDashboardsArgs {
  readonly service: Service;
  readonly index: ModelIndex;
  readonly links: Links;
  /** Through Grafana's API, or as ConfigMaps for its dashboard sidecar: the same dashboards either way. */
  readonly delivery: "grafana-api" | "configmap";
  /** Of the ConfigMaps. */
  readonly namespace: string;
}

/** The dashboards of one service, in a Grafana folder of their own. */
export class GrafanaDashboards extends pulumi.ComponentResource {
  /** The address of each dashboard, by uid. */
  readonly dashboards: Readonly<Record<string, string>>;

  constructor(name: string, args: GrafanaDashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:GrafanaDashboards", name, {}, opts);
    const { service, index, links } = args;
    const documents = service.dashboards.map((dashboard) => ({
      uid: dashboard.uid,
      json: renderDashboard(dashboard, service, index, links),
    }));
    if (args.delivery === "grafana-api") this.sendToGrafana(name, service, documents);
    else this.writeConfigMaps(name, args, documents);
    this.dashboards = Object.fromEntries(service.dashboards.map((dashboard) => [dashboard.uid, dashboardUrl(links, dashboard)]));
    this.registerOutputs({ dashboards: this.dashboards });
  }

  private sendToGrafana(name: string, service: Service, documents: readonly DashboardDocument[]): void {
    const folder = new grafana.oss.Folder(
      name,
      { uid: `dark-tower-${service.id}`, title: folderTitle(service) },
      { parent: this },
    );
    for (const { uid, json } of documents) {
      new grafana.oss.Dashboard(`${name}-${uid}`, { folder: folder.uid, configJson: json, overwrite: true }, { parent: this });
    }
  }

  /** The label and the annotation are those that the sidecar of Grafana's Helm chart looks for by default. */
  private writeConfigMaps(name: string, args: GrafanaDashboardsArgs, documents: readonly DashboardDocument[]): void {
    for (const { uid, json } of documents) {
      new k8s.core.v1.ConfigMap(
        `${name}-${uid}`,
        {
          metadata: {
            name: `dark-tower-dashboard-${uid.toLowerCase().replaceAll("_", "-")}`,
            namespace: args.namespace,
            labels: { ...objectLabels(args.service), grafana_dashboard: "1" },
            annotations: { grafana_folder: folderTitle(args.service) },
          },
          data: { [`${uid}.json`]: json },
        },
        { parent: this },
      );
    }
  }
}

interface DashboardDocument {
  readonly uid: string;
  readonly json: string;
}

function folderTitle(service: Service): string {
  return `Dark Tower ${service.title}`;
}
