import type { CheckFailure } from "@pulumi/pulumi/provider";
import { checkAlertmanagerConfig } from "./alertmanager-config";
import { checkConfigMap, checkSecret } from "./data";
import { checkPrometheusRule } from "./prometheus-rule";
import type { Properties } from "../provider/property-values";

/** What the embedded target knows of a kind of object. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly check: (object: Properties) => CheckFailure[];
  /** Whether it counts as there though nobody has deployed it: what a program looks for in its cluster before it deploys. */
  readonly inCluster?: "may be deployed" | "is only looked for";
}

/** A kind of which the embedded target only knows what all objects have in common. */
function plainKind(apiVersion: string, kind: string): [string, Kind] {
  const type = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
  return [`kubernetes:${type}:${kind}`, { apiVersion, kind, isNamespaced: true, check: () => [] }];
}

/** The kinds that the embedded target takes, by resource type. */
export const kinds: ReadonlyMap<string, Kind> = new Map([
  ["kubernetes:core/v1:ConfigMap", { apiVersion: "v1", kind: "ConfigMap", isNamespaced: true, check: checkConfigMap }],
  ["kubernetes:core/v1:Secret", { apiVersion: "v1", kind: "Secret", isNamespaced: true, check: checkSecret }],
  [
    "kubernetes:core/v1:Namespace",
    { apiVersion: "v1", kind: "Namespace", isNamespaced: false, inCluster: "may be deployed", check: () => [] },
  ],
  [
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      isNamespaced: false,
      inCluster: "is only looked for",
      check: () => [],
    },
  ],
  [
    "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
    { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", isNamespaced: true, check: checkPrometheusRule },
  ],
  [
    "kubernetes:monitoring.coreos.com/v1:PodMonitor",
    { apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor", isNamespaced: true, check: () => [] },
  ],
  [
    "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig",
    {
      apiVersion: "monitoring.coreos.com/v1alpha1",
      kind: "AlertmanagerConfig",
      isNamespaced: true,
      check: checkAlertmanagerConfig,
    },
  ],
  plainKind("apps/v1", "Deployment"),
  plainKind("v1", "Service"),
  plainKind("policy/v1", "PodDisruptionBudget"),
  plainKind("networking.k8s.io/v1", "NetworkPolicy"),
  plainKind("networking.k8s.io/v1", "Ingress"),
  plainKind("gateway.networking.k8s.io/v1", "HTTPRoute"),
]);
