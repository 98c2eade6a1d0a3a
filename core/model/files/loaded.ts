import type { Subject } from "../finding";
import type { Renderer } from "../renderer";
import type { RunbookDocument } from "../runbook";
import type { LoadedMetric, MetricFamily } from "./catalog";
import type { Cluster } from "./cluster";

/** An alerting or recording rule of a rule file. */
export interface LoadedRule {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly expr: string;
  /** As it is written; empty where it is not. */
  readonly for: string;
  /** As it is written; empty where it is not. */
  readonly keepFiringFor: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly group: string;
  /** How often the group is evaluated, as it is written; empty where it is not. */
  readonly interval: string;
  /** Where the rule stands, and where its expression does. */
  readonly subject: Subject;
}

/** What a panel asks its data source. */
export interface LoadedTarget {
  /** As it is written. */
  readonly expr: string;
  /** With Grafana's variables replaced by what Prometheus could see, or undefined where that cannot be told. */
  readonly query?: string;
  readonly legend: string;
  readonly datasource: "prometheus" | "loki" | "other" | "unknown";
  /** Grafana's uid of it, where one is written, and no variable. */
  readonly datasourceUid?: string;
  /** The variable that chooses it, where one does. */
  readonly datasourceVariable?: string;
  readonly subject: Subject;
}

/** A panel of a dashboard file. */
export interface LoadedPanel {
  /** Grafana's number, by which links name it. */
  readonly id: number | undefined;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly unit: string;
  /** The title of the row in which it stands; empty where it stands in none. */
  readonly row: string;
  /** The variable for each of whose values it is drawn; empty where for none. */
  readonly repeat: string;
  readonly isStacked: boolean;
  /** The colors of its numbers, from which on each holds; the first from everywhere. */
  readonly steps: readonly { readonly from: number; readonly color: string }[];
  /** What it writes instead of a number. */
  readonly mappings: readonly string[];
  readonly targets: readonly LoadedTarget[];
  /** The fields of its results that its transformations and overrides name, but those that they hide. */
  readonly fields: readonly { readonly name: string; readonly subject: Subject }[];
  /** A library panel is kept in Grafana: the file holds only its name. */
  readonly isLibrary: boolean;
  readonly links: readonly { readonly url: string; readonly subject: Subject }[];
  readonly subject: Subject;
}

/** A variable of a dashboard file. */
export interface LoadedVariable {
  readonly name: string;
  /** Such as `custom`, `query`, `interval`, `datasource`. */
  readonly type: string;
  readonly label: string;
  /** Whether several can be chosen at once. */
  readonly isMulti: boolean;
  /** Whether all can be chosen at once, and what then stands in queries: each of them where it is empty. */
  readonly hasAll: boolean;
  readonly allValue: string;
  /** Those that the file lists. */
  readonly values: readonly string[] | undefined;
  /** What is asked for its values, as it is written; empty where nothing is. */
  readonly query: string;
  /** What it asks Prometheus for, with Grafana's variables replaced; absent where that cannot be told. */
  readonly asked?: string;
  readonly subject: Subject;
}

/** A dashboard file. */
export interface LoadedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly LoadedVariable[];
  readonly panels: readonly LoadedPanel[];
  /** Its rows, each with the variable for each of whose values it is drawn. */
  readonly rows: readonly Pick<LoadedPanel, "title" | "repeat" | "subject">[];
  /** What it asks for to mark moments in its panels. */
  readonly annotations: readonly LoadedTarget[];
  readonly links: readonly { readonly url: string; readonly subject: Subject }[];
  readonly subject: Subject;
}

/** What the configuration says of things that are kept elsewhere, each a name with `*`. */
export interface Elsewhere {
  readonly metrics: readonly string[];
  readonly alerts: readonly string[];
  readonly dashboards: readonly string[];
}

/** An expression that a runbook's command asks, beside those of promql blocks. */
export interface CommandQuery {
  readonly expr: string;
  readonly subject: Subject;
}

/** What was found in files: a part of the model. Where a file cannot say something, it is absent, and no check guesses. */
export interface LoadedFiles {
  readonly rules: readonly LoadedRule[];
  readonly dashboards: readonly LoadedDashboard[];
  readonly metrics: readonly LoadedMetric[];
  readonly families: readonly MetricFamily[];
  /** Labels that a scrape may add to a series. */
  readonly targetLabels: readonly string[];
  /** Whether every scrape adds just these. */
  readonly targetLabelsAreCertain: boolean;
  readonly commands: readonly CommandQuery[];
  readonly cluster: Cluster;
  readonly elsewhere: Elsewhere;
  /** What stands before a path of the repository in a runbook_url. */
  readonly runbookUrls: readonly string[];
  /** What shows the documents to people. */
  readonly runbookRenderer: Renderer;
  /** What could not be read, with where and why. */
  readonly unread: readonly { readonly subject: Subject; readonly message: string }[];
  /** What Prometheus refuses of rules, beside their expressions. */
  readonly ruleFaults: readonly (LoadedFiles["unread"][number] & { readonly severity?: "warning" })[];
  /** Every file of the repository that a link can lead to. */
  readonly files: ReadonlySet<string>;
  /** Documents that the configuration does not name, and to which links lead: read for their headings, and not checked. */
  readonly linked: readonly RunbookDocument[];
}
