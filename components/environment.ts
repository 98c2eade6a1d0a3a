import * as pulumi from "@pulumi/pulumi";
import type { ResolvedEnvironment } from "../core/render/environment";
import { isKnown } from "./input";

/** Where a chain is deployed, and where people open it. */
export interface Environment {
  /** Kubernetes namespace of everything that is deployed. Every alert carries it as the label `namespace`. */
  readonly namespace: pulumi.Input<string>;
  /** Where people open Grafana, such as `https://grafana.example.com`. */
  readonly grafanaUrl: pulumi.Input<string>;
  /** The address of the folder that shows the runbooks: `<this>/mc/incident-response.md`. */
  readonly runbookBaseUrl: pulumi.Input<string>;
  /** The uid of the Prometheus data source that dashboards begin with. Grafana's default when left out or empty. */
  readonly datasourceUid?: pulumi.Input<string>;
}

/** The addresses of an environment: as they are where all of them are known already. */
export function resolveEnvironment(
  environment: Environment,
  tags: readonly string[],
): ResolvedEnvironment | pulumi.Output<ResolvedEnvironment> {
  const { namespace, grafanaUrl, runbookBaseUrl, datasourceUid = "" } = environment;
  const values = [namespace, grafanaUrl, runbookBaseUrl, datasourceUid];
  const build = ([monitoringNamespace = "", grafana = "", runbooks = "", uid = ""]: readonly string[]): ResolvedEnvironment => ({
    monitoringNamespace,
    grafanaUrl: withoutSlash(grafana),
    runbookBaseUrl: withoutSlash(runbooks),
    datasourceUid: uid,
    tags,
  });
  return values.every(isKnown<string>) ? build(values) : pulumi.all(values).apply(build);
}

/** As long as addresses can reasonably be: by it a rule object is divided whose addresses are not known yet. */
export const longestEnvironment: ResolvedEnvironment = {
  monitoringNamespace: "n".repeat(63),
  grafanaUrl: `https://${"g".repeat(120)}`,
  runbookBaseUrl: `https://${"r".repeat(120)}`,
};

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, "");
}
