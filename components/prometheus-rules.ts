import { readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { parse, stringify } from "yaml";
import { divideGroups, isRuleDocument, type RuleDocument } from "../core/render/prometheus-rule";
import { isKnown, requireObjectName } from "./input";

/** What {@link PrometheusRules} needs: rule groups, or files that hold some. */
export interface PrometheusRulesArgs {
  /** Rule groups as Prometheus reads them. None but those of `files` when left out. */
  readonly groups?: readonly pulumi.Input<RuleDocument>[];
  /** Paths of Prometheus rule files, whose groups come after those of `groups`. They are read when the program runs. None when left out. */
  readonly files?: readonly string[];
  /** Kubernetes namespace of the objects. */
  readonly namespace: pulumi.Input<string>;
  /** `operator`: PrometheusRule objects. `configmap`: ConfigMaps with rule files, for a Prometheus without operator. `operator` when left out. */
  readonly target?: "operator" | "configmap";
  /** The name of the object; a second one, where 400 KiB are not enough, is `<this>-2`. The component's name when left out. */
  readonly objectName?: string;
  /** Labels of the objects, among them those by which an operator or a sidecar selects them. None when left out. */
  readonly labels?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** The bytes of each of `groups`, where they hold outputs, which cannot be measured; such a one counts nothing when this is left out. */
  readonly groupBytes?: readonly number[];
}

/**
 * Prometheus rules. Give it `dependsOn` the runbooks and dashboards that its alerts link to: then it is created after them
 * and deleted before them.
 */
export class PrometheusRules extends pulumi.ComponentResource {
  /** The names of the objects. */
  readonly objects: readonly string[];

  /** @throws InputPropertyError when there are neither groups nor files, or a file holds no rule groups. */
  constructor(name: string, args: PrometheusRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    const { namespace, target = "operator", objectName = name, labels = {} } = args;
    requireObjectName("objectName", objectName);
    const groups = [...(args.groups ?? []), ...(args.files ?? []).flatMap(readGroups)];
    if (groups.length === 0 && args.groups === undefined)
      throw new pulumi.InputPropertyError({ propertyPath: "groups", reason: "Give groups or files: there are no rules." });
    super("dark-tower:observability:PrometheusRules", name, { namespace, target, objectName, labels }, opts);
    const parts = divideGroups(groups, (group, index) => args.groupBytes?.[index] ?? measure(group));
    this.objects = parts.map((part, number) => {
      const suffix = number === 0 ? "" : `-${number + 1}`;
      const metadata = { name: `${objectName}${suffix}`, namespace, labels };
      if (target === "operator") writeRule(`${name}${suffix}`, metadata, part, this);
      else writeFile(`${name}${suffix}`, metadata, part, this);
      return metadata.name;
    });
    this.registerOutputs({ objects: this.objects });
  }
}

interface Metadata {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

type Groups = readonly pulumi.Input<RuleDocument>[];

function writeRule(name: string, metadata: Metadata, groups: Groups, parent: pulumi.Resource): void {
  const object = { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata, spec: { groups } };
  new k8s.apiextensions.CustomResource(name, object, { parent });
}

function writeFile(name: string, metadata: Metadata, groups: Groups, parent: pulumi.Resource): void {
  const text = groups.every(isKnown<RuleDocument>)
    ? stringify({ groups })
    : pulumi.all([...groups]).apply((all) => stringify({ groups: all }));
  new k8s.core.v1.ConfigMap(name, { metadata, data: { [`${metadata.name}.yaml`]: text } }, { parent });
}

function measure(group: pulumi.Input<RuleDocument>): number {
  return isKnown(group) ? Buffer.byteLength(JSON.stringify(group)) : 0;
}

function readGroups(file: string): readonly RuleDocument[] {
  const refuse = (why: string): never => {
    throw new pulumi.InputPropertyError({ propertyPath: "files", reason: `${file} ${why}` });
  };
  let document: unknown;
  try {
    document = parse(readFileSync(file, "utf8"));
  } catch (error) {
    return refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const groups: unknown = typeof document === "object" && document !== null ? Reflect.get(document, "groups") : undefined;
  return Array.isArray(groups) && groups.every(isRuleDocument) ? groups : refuse("holds no rule groups with name and rules.");
}
