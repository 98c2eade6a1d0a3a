import type { Alerting } from "../model/alerting";
import type { Subject } from "../model/finding";
import type { Labels, Metric } from "../model/metric";
import type { Model } from "../model/model";

/** A rule as Prometheus is to load it. */
export interface DeclaredRule {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly expr: string;
  /** Such as `5m`; empty where none is written. */
  readonly for: string;
  /** Such as `10m`; empty where none is written. */
  readonly keepFiringFor: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Where its expression stands. */
  readonly subject: Subject;
}

/** A metric of a catalog, and what is known of it. */
export interface DeclaredMetric {
  readonly name: string;
  readonly type: Metric["type"] | "summary" | "unknown";
  /** The names under which it may have samples; one of them is enough. */
  readonly series: readonly string[];
  /** Absent where the labels are not known. */
  readonly labels?: Labels;
  /** Ascending, without `+Inf`. Absent where they are not known. */
  readonly buckets?: readonly number[];
  readonly subject: Subject;
}

/** A place of a declaration. */
export interface Placed {
  readonly subject: Subject;
}

/** A dashboard that Grafana is to have. */
export interface DeclaredDashboard extends Placed {
  readonly uid: string;
  /** Grafana's numbers. */
  readonly panels: readonly ({ readonly id: number; readonly title: string } & Placed)[];
}

/** A link to a dashboard, and to one of its panels. */
export interface DashboardLink extends Placed {
  readonly uid: string;
  readonly panel?: number;
}

/** A link to a section of a runbook. */
export interface RunbookPage extends Placed {
  /** Absolute, without the fragment. */
  readonly address: string;
  /** The fragment; empty where the link has none. */
  readonly anchor: string;
}

/** Everything that is declared of what runs, whichever way it was declared. */
export interface Declared {
  readonly model: Model;
  readonly rules: readonly DeclaredRule[];
  readonly metrics: readonly DeclaredMetric[];
  /** Labels that scrapes may add to every series. */
  readonly targetLabels: readonly string[];
  /** Absent where nothing is declared of an Alertmanager. */
  readonly alerting?: Alerting<Placed>;
  readonly dashboards: readonly DeclaredDashboard[];
  readonly dashboardLinks: readonly DashboardLink[];
  readonly datasources: readonly ({ readonly uid: string } & Placed)[];
  readonly runbookPages: readonly RunbookPage[];
  /** Of what is said about a server as a whole: the configuration, or the stack's file. */
  readonly subject: Subject;
}
