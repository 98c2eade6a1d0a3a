import type { Accepts } from "./finding";
import type { Query } from "./query";
import type { Unit } from "./unit";

/** One query of a panel and the legend of its series, in Grafana's `{{label}}` form. */
export interface PanelQuery {
  readonly query: Query;
  readonly legend: string;
}

/** A graph of a dashboard. Its alert lines, and the part of its description that names them, come from the alerts. */
export interface Panel<Q extends string = string> {
  /** Stable within its dashboard: links, runbook blocks and Grafana's panel number are made from it. */
  readonly id: string;
  readonly title: string;
  /** What a reader sees, in whole sentences. */
  readonly shows: string;
  readonly unit: Unit;
  /** `gate` is a stat of a query that is 1 where a condition holds and 0 where it does not. */
  readonly view: "timeseries" | "stat" | "gate";
  /** Whether the series stand on top of each other. */
  readonly stacked?: boolean;
  /** A line at a number that no alert watches, such as a budget. */
  readonly limit?: { readonly value: number; readonly label: string };
  /** Numbers that are bad whether or not an alert watches them: red below the one, orange below the other. */
  readonly badBelow?: { readonly red: number; readonly orange?: number };
  readonly queries: Readonly<Record<Q, PanelQuery>>;
  readonly accepts?: Accepts;
}

/** Declares a panel. Without `view` it is a time series. */
export function panel<const Q extends string>(
  id: string,
  spec: Omit<Panel<Q>, "id" | "view"> & { readonly view?: Panel["view"] },
): Panel<Q> {
  return { id, view: "timeseries", ...spec };
}

/**
 * A titled row of panels, in reading order. The first rows of a dashboard are open, the others are opened by the reader:
 * what one must see first stands in them.
 */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A dashboard of a service. */
export interface Dashboard {
  /** Part of every link to it: never changed once deployed. At most 40 of `[A-Za-z0-9_-]`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** The ids of the services of which it tells; those that are not its own too find it among their dashboards. Its own when left out. */
  readonly about?: readonly string[];
  /** Choices that the reader makes above the panels, such as which controller; a query names one as `$controller`. */
  readonly variables?: readonly DashboardVariable[];
  readonly rows: readonly Row[];
}

/** A template variable with fixed values. */
export interface DashboardVariable {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
}

/** All panels of a dashboard, in reading order. */
export function panelsOf(dashboard: Dashboard): readonly Panel[] {
  return dashboard.rows.flatMap((row) => row.panels);
}

/**
 * Grafana's number of a panel, made from its id (FNV-1a), so that a link to a panel outlives a panel
 * that is put before it. Positive and below 2^31.
 */
export function panelNumber(panelId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(panelId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash & 0x7fffffff || 1;
}
