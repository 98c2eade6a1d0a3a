/**
 * What a stack has deployed, by meaning: read back from its documents, so that two commits can be compared
 * whose code has nothing in common.
 */
export interface Deployed {
  readonly alerts: ReadonlyMap<string, DeployedAlert>;
  /** Expressions by the name of the recording rule. */
  readonly recordingRules: ReadonlyMap<string, string>;
  /** By uid. */
  readonly dashboards: ReadonlyMap<string, DeployedDashboard>;
  /** By `<dashboard uid>/<panel number>`. */
  readonly panels: ReadonlyMap<string, DeployedPanel>;
  /** By `<service>/<file>#<anchor>`. */
  readonly sections: ReadonlyMap<string, DeployedSection>;
  /** Sentences such as "GCDown silences MCHeartbeatsStopped with the same namespace". */
  readonly inhibitions: ReadonlySet<string>;
  /** How somebody is told, by the name of the receiver. */
  readonly receivers: ReadonlyMap<string, string>;
}

/** An alerting rule. */
export interface DeployedAlert {
  readonly expression: string;
  /** Such as `5m`. */
  readonly for: string;
  readonly severity: string;
  /** When it fires, in words: "it is above 100 ms". Empty when its description does not say. */
  readonly condition: string;
  readonly summary: string;
  readonly impact: string;
  /** The section that it leads to, as a key of {@link Deployed.sections}; the whole address where there is none. */
  readonly section: string;
  /** The panel that it leads to, as a key of {@link Deployed.panels}; the whole address where there is none. */
  readonly panel: string;
}

/** A dashboard without its panels. */
export interface DeployedDashboard {
  readonly title: string;
  /** Titles, from top to bottom: "Health", "Traffic (closed)". */
  readonly rows: readonly string[];
  /** The names of its variables. */
  readonly choices: readonly string[];
}

/** A panel of a dashboard. */
export interface DeployedPanel {
  readonly title: string;
  readonly dashboard: string;
  readonly unit: string;
  readonly queries: readonly string[];
  /** What it shows, without the sentences about its alerts. */
  readonly description: string;
  /** How it is drawn, as text to compare; without its thresholds, which the alerts tell. */
  readonly look: string;
  /** The colors of its numbers, each from a bound upwards; the first has none. */
  readonly bounds: readonly DeployedBound[];
}

/** From which number on a panel has which color. */
export interface DeployedBound {
  readonly value: number | null;
  readonly color: string;
}

/** A heading of a runbook. */
export interface DeployedSection {
  readonly title: string;
  /** What stands below it; empty for a subsection, whose text is its section's. */
  readonly text: string;
}
