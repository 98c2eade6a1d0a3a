import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { divideFiles } from "../core/render/runbook-config-map";
import { requireObjectName } from "./input";

/** What {@link RunbookConfigMaps} needs. */
export interface RunbookConfigMapsArgs {
  /** Markdown by file name, which is a key of a ConfigMap: letters, digits, dots, dashes and underscores. */
  readonly files: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the runbooks show beside it, such as images: base64 by file name, in ConfigMaps named `<objectName>-files`. None when left out. */
  readonly binaryFiles?: Readonly<Record<string, string>>;
  /** Kubernetes namespace of the ConfigMaps. */
  readonly namespace: pulumi.Input<string>;
  /** The name of the ConfigMap; where 900 KiB are not enough, each file has one named `<this>-<file>`. The component's name when left out. */
  readonly objectName?: string;
  /** Labels of the ConfigMaps. None when left out. */
  readonly labels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/** Runbooks, as ConfigMaps with a key for each Markdown file. */
export class RunbookConfigMaps extends pulumi.ComponentResource {
  /** The names of the ConfigMaps. */
  readonly objects: readonly string[];

  constructor(name: string, args: RunbookConfigMapsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { files, binaryFiles = {}, namespace, objectName = name, labels = {} } = args;
    requireObjectName("objectName", objectName);
    super("dark-tower:observability:RunbookConfigMaps", name, { files: Object.keys(files), namespace, objectName, labels }, opts);
    const texts = divideFiles(files, (text) => (typeof text === "string" ? text : ""));
    const binaries = divideFiles(binaryFiles, (base64) => base64);
    this.objects = [
      ...texts.map(({ suffix, data }) => ({ suffix, content: { data } })),
      ...binaries.map(({ suffix, data }) => ({ suffix: `-files${suffix}`, content: { binaryData: data } })),
    ].map(({ suffix, content }) => {
      const metadata = { name: `${objectName}${suffix}`, namespace, labels };
      new k8s.core.v1.ConfigMap(`${name}${suffix}`, { metadata, ...content }, { parent: this });
      return metadata.name;
    });
    this.registerOutputs({ objects: this.objects });
  }
}
