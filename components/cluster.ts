import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as grafana from "@pulumiverse/grafana";
import { parse } from "yaml";

/** What a stack says of its cluster. */
export interface ClusterSettings {
  readonly monitoringNamespace: string;
  readonly createNamespace: boolean;
  /** Whether to look for the operator's definitions, which are no namespace's. */
  readonly lookForDefinitions: boolean;
  readonly rules: "operator" | "configmap";
  readonly scrape: "pod-monitor" | "scrape-config" | "none";
  readonly alertmanager: "operator" | "plain" | "fragment";
}

/** The provider with which everything in the cluster is deployed: the one that the stack names, else the current one of the kubeconfig. */
export function kubernetesProvider(): k8s.Provider {
  const named = new pulumi.Config("kubernetes");
  const [context, kubeconfig] = [named.get("context"), named.getSecret("kubeconfig")];
  return new k8s.Provider("kubernetes", {
    // Without it, every edited runbook would be a deletion and a creation of its ConfigMap.
    enableConfigMapMutable: true,
    enableServerSideApply: true,
    // What somebody has edited by hand comes back to what is declared. Only declared fields are taken: labels and annotations
    // that others add stay theirs.
    enablePatchForce: true,
    ...(context !== undefined && { context }),
    ...(kubeconfig && { kubeconfig }),
  });
}

/**
 * The provider of Grafana. The token is read only here; without it the provider takes GRAFANA_AUTH from the environment.
 * @throws RunError when there is neither, which Grafana would say only half-way through a deployment.
 */
export function grafanaProvider(url: string): grafana.Provider {
  const auth = new pulumi.Config().getSecret("grafanaToken");
  if (auth === undefined && (process.env["GRAFANA_AUTH"] ?? "") === "")
    throw new pulumi.RunError(
      "Nothing was deployed. dashboardDelivery is grafana-api, which needs a token: run `pulumi config set --secret grafanaToken`, or put GRAFANA_AUTH into the environment.",
    );
  return new grafana.Provider("grafana", { url, ...(auth && { auth }) });
}

/**
 * Says which cluster and namespace are about to change, and looks for what must be there: a preview fails where it is not,
 * before anything is created. Everything else depends on what this returns.
 */
export async function requireCluster(settings: ClusterSettings, provider: k8s.Provider): Promise<pulumi.Resource[]> {
  const { monitoringNamespace, createNamespace, lookForDefinitions } = settings;
  const context = new pulumi.Config("kubernetes").get("context") ?? currentContext(process.env);
  const cluster = context === undefined ? "the cluster of the environment" : `the cluster of the context "${context}"`;
  await pulumi.log.info(`This is about ${cluster}, namespace ${monitoringNamespace}.`);
  const namespace = createNamespace
    ? new k8s.core.v1.Namespace("namespace", { metadata: { name: monitoringNamespace } }, { provider, retainOnDelete: true })
    : k8s.core.v1.Namespace.get("namespace", monitoringNamespace, { provider });
  const definitions = lookForDefinitions
    ? neededDefinitions(settings).map((name) => k8s.apiextensions.v1.CustomResourceDefinition.get(name, name, { provider }))
    : [];
  return [namespace, ...definitions];
}

function neededDefinitions({ rules, scrape, alertmanager }: ClusterSettings): readonly string[] {
  return [
    ...(scrape === "pod-monitor" ? ["podmonitors.monitoring.coreos.com"] : []),
    ...(rules === "operator" ? ["prometheusrules.monitoring.coreos.com"] : []),
    ...(alertmanager === "operator" ? ["alertmanagerconfigs.monitoring.coreos.com"] : []),
  ];
}

/** The current context, as kubectl finds it: of the first kubeconfig that names one. Undefined in a pod, or where there is none. */
export function currentContext(environment: NodeJS.ProcessEnv): string | undefined {
  const listed = environment["KUBECONFIG"] ?? "";
  const files = listed === "" ? [join(homedir(), ".kube", "config")] : listed.split(delimiter);
  for (const file of files.filter((path) => path !== "" && existsSync(path))) {
    try {
      const config: unknown = parse(readFileSync(file, "utf8"));
      const context: unknown = Reflect.get(Object(config), "current-context");
      if (typeof context === "string" && context !== "") return context;
    } catch {
      continue; // the provider says what is wrong with it
    }
  }
  return undefined;
}
