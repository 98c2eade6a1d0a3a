import type { Alerting } from "../alerting";
import type { Subject } from "../finding";

/** A container of a workload; limits in cores and bytes. */
export interface LoadedContainer {
  readonly name: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly ports: readonly { readonly name?: string; readonly number: number }[];
}

/** A Deployment, StatefulSet, DaemonSet, Job or CronJob of a manifest. */
export interface LoadedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly containers: readonly LoadedContainer[];
  readonly subject: Subject;
}

/** Any object of a manifest, by which commands name it. */
export interface LoadedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly holdsDashboard: boolean;
  /** Of a kind that Kubernetes itself does not have, and by which an operator may make workloads. */
  readonly mayMakeWorkloads: boolean;
  readonly subject: Subject;
}

/** How a Prometheus is configured. */
export interface LoadedPrometheus {
  readonly ruleFiles: readonly string[];
  readonly jobs: readonly string[];
  /** In seconds; the default where nothing is said. */
  readonly scrapeSeconds: number;
  readonly subject: Subject;
}

/** An alert that an Alertmanager's routes or inhibitions name. */
export interface NamedAlert {
  readonly name: string;
  readonly subject: Subject;
}

/** Where the services run, and who reads the files. What no file tells of is absent, and no check guesses. */
export interface Cluster {
  readonly workloads: readonly LoadedWorkload[];
  readonly objects: readonly LoadedObject[];
  readonly prometheus?: LoadedPrometheus;
  /** The labels by which a Prometheus resource selects PrometheusRules. */
  readonly ruleSelector?: Readonly<Record<string, string>>;
  /** The labels that Prometheus adds to all that it sends, where a file lists them. */
  readonly externalLabels?: readonly string[];
  readonly namedAlerts: readonly NamedAlert[];
  /** What the Alertmanagers are told. */
  readonly alerting: readonly Alerting<{ readonly subject: Subject }>[];
  /** The columns of each table of the SQL schema. */
  readonly tables?: ReadonlyMap<string, ReadonlySet<string>>;
}
