import type { Alerting } from "../model/alerting";
import type { Told } from "./told";

/** A rule as Prometheus has loaded it. */
export interface RunningRule {
  readonly kind: "alert" | "record";
  readonly name: string;
  /** As Prometheus writes it. */
  readonly expr: string;
  readonly forSeconds: number;
  readonly keepFiringSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  /** `unknown` until it was evaluated for the first time. */
  readonly health: string;
  readonly lastError: string;
}

/** The series of one name in the last hour. */
export interface SeenSeries {
  /** The values of each label; undefined where they were not asked for, or are too many. */
  readonly labels: ReadonlyMap<string, readonly string[] | undefined>;
  /** Each series' labels; absent where there are too many of them. */
  readonly each?: readonly Readonly<Record<string, string>>[];
}

/** A target that Prometheus scrapes. */
export interface RunningTarget {
  readonly job: string;
  readonly intervalSeconds: number;
  readonly isUp: boolean;
  readonly lastError: string;
}

/** How long Prometheus keeps samples, and how far it looks back for one. */
export interface Keeping {
  /** Undefined where it keeps by size. */
  readonly retentionSeconds: number | undefined;
  /** Whether it also asks a store elsewhere, which may keep them longer. */
  readonly readsRemotely: boolean;
  readonly lookbackSeconds: number;
}

/** What a Prometheus said. */
export interface RunningPrometheus {
  /** Its address, without a password. */
  readonly server: string;
  readonly rules: Told<readonly RunningRule[]>;
  /** Of the names that the declarations use: those with series in the last hour. */
  readonly names: Told<ReadonlySet<string>>;
  /** As many of all names as it gives: only for what a wrong one may have meant. */
  readonly otherNames: readonly string[];
  readonly series: ReadonlyMap<string, Told<SeenSeries>>;
  /** The labels of `up`: what scrapes add. */
  readonly targetLabels: readonly string[];
  readonly targets: Told<readonly RunningTarget[]>;
  readonly keeping: Told<Keeping>;
  /** The addresses to which it sends alerts. */
  readonly alertmanagers: Told<readonly string[]>;
}

/** A dashboard that Grafana has; the numbers of its panels are unknown where it is of a schema that is not read. */
export interface RunningDashboard {
  readonly panels?: readonly number[];
}

/** A page that answered. */
export interface Page {
  readonly status: number;
  /** Where it was found in the end, where that is another place. */
  readonly redirected?: string;
  /** The ids and names in it. */
  readonly anchors: ReadonlySet<string>;
  /** Whether its headings have any: else it is made by a script, in the browser. */
  readonly hasHeadings: boolean;
}

/** What the servers said that were asked; those that were not are absent. */
export interface Running {
  readonly prometheus?: RunningPrometheus;
  readonly alertmanager?: { readonly server: string; readonly alerting: Told<Alerting> };
  readonly grafana?: {
    readonly server: string;
    /** By uid; undefined where Grafana says that there is none. */
    readonly dashboards: ReadonlyMap<string, Told<RunningDashboard | undefined>>;
    readonly datasources: ReadonlyMap<string, Told<boolean>>;
  };
  /** By address. */
  readonly runbooks?: ReadonlyMap<string, Told<Page>>;
}
