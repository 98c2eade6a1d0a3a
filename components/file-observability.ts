import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { shareDocuments } from "../core/render/file-objects";

/** What {@link FileObservability} needs. */
export interface FileObservabilityArgs {
  /** The rule groups of each file, as they are written, by a name for their PrometheusRule. */
  readonly rules: Readonly<Record<string, { readonly groups: readonly unknown[] }>>;
  /** The JSON of each dashboard, by its uid. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** The Markdown of each runbook, by a key of a ConfigMap such as `mc.md`. */
  readonly runbooks: Readonly<Record<string, string>>;
  /** Kubernetes namespace of everything that is deployed. */
  readonly namespace: string;
  /** Labels by which the Prometheus operator selects rules. */
  readonly ruleSelectorLabels: Readonly<Record<string, string>>;
  /** Labels by which Grafana's sidecar finds dashboards. `grafana_dashboard: "1"` when left out. */
  readonly dashboardLabels?: Readonly<Record<string, string>>;
}

/**
 * Files deployed as they are: runbooks and dashboards first, then the rules whose alerts lead to them, and removed the other
 * way round, as ServiceObservability does it. Give it what `loadCheckedFiles` returns, which refuses a broken chain.
 */
export class FileObservability extends pulumi.ComponentResource {
  constructor(name: string, args: FileObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:FileObservability", name, {}, opts);
    const { namespace } = args;
    const labels = { "app.kubernetes.io/part-of": name };
    const runbooks = shareDocuments(args.runbooks).map(
      (data, number) =>
        new k8s.core.v1.ConfigMap(
          numbered(`${name}-runbooks`, number),
          { metadata: { name: numbered(`${name}-runbooks`, number), namespace, labels }, data },
          { parent: this },
        ),
    );
    const dashboards = Object.entries(args.dashboards).map(
      ([uid, json]) =>
        new k8s.core.v1.ConfigMap(
          `${name}-dashboard-${uid}`,
          {
            metadata: {
              name: `${name}-dashboard-${uid.toLowerCase().replaceAll("_", "-")}`,
              namespace,
              labels: { ...labels, ...(args.dashboardLabels ?? { grafana_dashboard: "1" }) },
            },
            data: { [`${uid}.json`]: json },
          },
          { parent: this },
        ),
    );
    for (const [key, { groups }] of Object.entries(args.rules)) {
      new k8s.apiextensions.CustomResource(
        `${name}-${key}`,
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: `${name}-${key}`, namespace, labels: { ...labels, ...args.ruleSelectorLabels } },
          spec: { groups },
        },
        { parent: this, dependsOn: [...runbooks, ...dashboards] },
      );
    }
    this.registerOutputs({});
  }
}

function numbered(name: string, number: number): string {
  return number === 0 ? name : `${name}-${number + 1}`;
}
