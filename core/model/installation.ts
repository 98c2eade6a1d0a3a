import { targetLabels, type Scrape } from "./scrape";
import type { Service } from "./service";

/**
 * Where one of several installations of the same services runs, and how its series are told from the others' in one
 * Prometheus, or in one store of several. Every query then asks for the series of this one alone.
 */
export interface Installation {
  /** Kubernetes namespace of the workloads here, in place of the one that they declare. */
  readonly workloadNamespace?: string;
  /** What an agent here adds to every series that it sends, such as `{ cluster: "eu-1" }`. */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** The stack that holds these settings, for the commands of its runbooks. */
  readonly stack?: string;
}

/** What every series of the installation carries: those of its services, those about its pods, and those that are recorded of them. */
export function seriesLabelsOf({ workloadNamespace, externalLabels }: Installation = {}): Readonly<Record<string, string>> {
  return { ...(workloadNamespace !== undefined && { namespace: workloadNamespace }), ...externalLabels };
}

/** The same as matchers. */
export function seriesMatchers(installation?: Installation): readonly string[] {
  return Object.entries(seriesLabelsOf(installation)).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
}

/**
 * What every alert of the installation carries. The label `namespace` of an alert is that of its objects, by which the
 * operator routes; so that of the workloads has another name.
 */
export function alertLabelsOf({ workloadNamespace, externalLabels }: Installation = {}): Readonly<Record<string, string>> {
  return { ...(workloadNamespace !== undefined && { workload_namespace: workloadNamespace }), ...externalLabels };
}

/** Labels that cannot tell an installation: a target, a rule or an alert has its own. */
export const notExternal: readonly string[] = [
  ...["job", "instance", "namespace", "pod", "container", "endpoint", "service"],
  ...["alertname", "severity", "workload_namespace", "le", "quantile"],
];

/**
 * The services whose series carry no `namespace`, by which an installation could be told: they are scraped as plain
 * Prometheus does it, which adds none.
 * @param seriesLabels what the environment adds to every series.
 */
export function withoutNamespace(services: readonly Service[], seriesLabels: readonly string[] = []): readonly Service[] {
  return services.filter(
    ({ workload }) => workload && ![...targetLabels(workload.scrape), ...seriesLabels].includes("namespace"),
  );
}

/** The scrape with the label `namespace` on every series, as all conventions but the plain one add it. */
export function scrapedByNamespace(scrape: Scrape = { by: "plain" }): Scrape {
  return scrape.by === "plain" ? { ...scrape, namespaceLabel: true } : scrape;
}
