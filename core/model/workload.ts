import type { Scrape } from "./scrape";

/** A Deployment and the replicas that it should have. */
export interface Deployment {
  readonly name: string;
  readonly replicas: number;
}

/** What runs a service, as Kubernetes and Prometheus name it: the Deployments of one image. */
export interface Workload {
  /** How people call one instance, such as "MC"; the names of the standard alerts begin with it. */
  readonly name: string;
  /** The Kubernetes namespace of the Deployments. */
  readonly namespace: string;
  readonly deployments: readonly Deployment[];
  /** The scrape job: the label `job` of the workload's series. */
  readonly job: string;
  /** The port that answers /metrics and the probes. */
  readonly port: number;
  /** Its images have no shell and no tools, so that nothing can be run in its containers. They have some when left out. */
  readonly withoutShell?: true;
  /** How it is scraped. As plain Prometheus does, and found by somebody else's configuration, when left out. */
  readonly scrape?: Scrape;
  /** The limits of one container: thresholds beyond them can never be reached. */
  readonly limits: { readonly cpuCores: number; readonly memoryBytes: number };
}

/** Matches the names of the workload's pods, and no others: those of a Deployment begin with its name and a dash. */
export function podsOf({ deployments }: Workload): RegExp {
  return new RegExp(`${alternatives(deployments)}-.+`);
}

/** Matches the names of the workload's Deployments, and no others. */
export function deploymentsOf({ deployments }: Workload): RegExp {
  return new RegExp(alternatives(deployments));
}

/** The instances that the workload should have. */
export function replicasOf({ deployments }: Workload): number {
  return deployments.reduce((sum, { replicas }) => sum + replicas, 0);
}

/** A name that Kubernetes could give to a pod of the workload's first Deployment. */
export function examplePod({ deployments: [first] }: Workload): string {
  return `${first?.name ?? "pod"}-7d9f8b6c5-x2x4z`;
}

function alternatives(deployments: readonly Deployment[]): string {
  const names = deployments.map(({ name }) => name);
  return names.length === 1 ? String(names[0]) : `(${names.join("|")})`;
}
