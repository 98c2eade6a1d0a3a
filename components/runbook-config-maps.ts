import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { RunbookDocument } from "../core/model/runbook";
import type { Service } from "../core/model/service";
import { objectLabels } from "../core/render/object-labels";
import { renderRunbookConfigMaps } from "../core/render/runbook-config-map";

/** What {@link RunbookConfigMaps} needs. */
export interface RunbookConfigMapsArgs {
  readonly service: Service;
  /** All runbooks; those in the service's folder are its own. */
  readonly runbooks: readonly RunbookDocument[];
  readonly namespace: string;
}

/** The runbooks of one service, as ConfigMaps with a key for each Markdown file. */
export class RunbookConfigMaps extends pulumi.ComponentResource {
  /** The Markdown files in each ConfigMap, by its name. */
  readonly configMaps: Readonly<Record<string, readonly string[]>>;

  constructor(name: string, args: RunbookConfigMapsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:RunbookConfigMaps", name, {}, opts);
    const { service, runbooks, namespace } = args;
    const documents = renderRunbookConfigMaps(service, runbooks);
    for (const document of documents) {
      new k8s.core.v1.ConfigMap(
        childName(name, document.name, service),
        { metadata: { name: document.name, namespace, labels: objectLabels(service) }, data: document.data },
        { parent: this },
      );
    }
    this.configMaps = Object.fromEntries(documents.map((document) => [document.name, Object.keys(document.data)]));
    this.registerOutputs({ configMaps: this.configMaps });
  }
}

/** The component's name, and what sets the object apart from its siblings. */
function childName(name: string, objectName: string, service: Service): string {
  return name + objectName.replace(`dark-tower-${service.id}-runbooks`, "");
}
