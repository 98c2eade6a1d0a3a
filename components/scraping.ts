import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../core/model/workload";
import { renderPodMonitor, renderScrapeConfig, whyNotScrapable } from "../core/render/scrape";
import { requireObjectName } from "./input";

/** What {@link Scraping} needs. */
export interface ScrapingArgs {
  /** What is scraped: its `scrape` says how, and by which labels its pods are found. */
  readonly workload: Workload;
  /** `pod-monitor`: a PodMonitor. `scrape-config`: a ConfigMap with a file for `scrape_config_files`. */
  readonly target: "pod-monitor" | "scrape-config";
  /** Kubernetes namespace of the object, not of the pods. */
  readonly namespace: pulumi.Input<string>;
  /** The name of the object. The component's name when left out. */
  readonly objectName?: string;
  /** Labels of the object, among them those by which the operator selects it. None when left out. */
  readonly labels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/** How Prometheus comes to the series of a workload, under the job that its rules ask for. */
export class Scraping extends pulumi.ComponentResource {
  /** @throws InputPropertyError when the workload does not say how its pods are found. */
  constructor(name: string, args: ScrapingArgs, opts?: pulumi.ComponentResourceOptions) {
    const { workload, target, namespace, objectName = name, labels = {} } = args;
    requireObjectName("objectName", objectName);
    const why = whyNotScrapable(workload);
    if (why !== undefined) throw new pulumi.InputPropertyError({ propertyPath: "workload", reason: `${workload.name}: ${why}` });
    super("dark-tower:observability:Scraping", name, { job: workload.job, target, namespace, objectName, labels }, opts);
    const metadata = { name: objectName, namespace, labels };
    if (target === "pod-monitor")
      new k8s.apiextensions.CustomResource(
        name,
        { apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor", metadata, spec: renderPodMonitor(workload) },
        { parent: this },
      );
    else
      new k8s.core.v1.ConfigMap(
        name,
        { metadata, data: { [`${objectName}.yaml`]: renderScrapeConfig(workload) } },
        { parent: this },
      );
    this.registerOutputs({});
  }
}
