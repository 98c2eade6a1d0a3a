import { declared } from "./declaration";
import type { Accepts } from "./finding";
import { namedLegend, type Measure, type MetricMeasure } from "./measure";
import { describeMeasure } from "./measure-description";
import type { Labels, Series } from "./metric";
import type { Query } from "./query";
import type { Unit } from "./unit";

/** One query of a panel and the legend of its series, in Grafana's `{{label}}` form. */
export interface PanelQuery<L extends string = string> {
  readonly query: Query;
  readonly legend: string;
  /** What it was made of, if it knows itself. */
  readonly measure?: Measure<L>;
}

/** A graph of a dashboard. Its alert lines, and the part of its description that names them, come from the alerts. */
export interface Panel<Q extends string = string, L extends string = string> {
  /** Stable within its dashboard: links, runbook blocks and Grafana's panel number are made from it. */
  readonly id: string;
  /** Grafana's number of a panel that was deployed before it was declared: links that name it go on leading there. */
  readonly number?: number;
  readonly title: string;
  /** What a reader sees, in whole sentences. */
  readonly description: string;
  readonly unit: Unit;
  /** `gate` is a stat of a query that is 1 where a condition holds and 0 where it does not. */
  readonly view: "timeseries" | "stat" | "gate";
  /** Whether the series stand on top of each other. */
  readonly stacked?: boolean;
  /** A line at a number that no alert watches, such as a budget. */
  readonly limit?: { readonly value: number; readonly label: string };
  /** Numbers that are bad whether or not an alert watches them: red below the one, orange below the other. */
  readonly badBelow?: { readonly red: number; readonly orange?: number };
  readonly queries: Readonly<Record<Q, PanelQuery<L>>>;
  readonly accepts?: Accepts;
}

type Declared<Q extends string, L extends string> = Omit<Panel<Q, L>, "id" | "view" | "unit" | "queries"> & {
  readonly view?: Panel["view"];
};

/** What a measure of a metric shows, its help says; of any other query its author does. */
type Described<Q extends string, L extends string> = Omit<Declared<Q, L>, "description"> & { readonly description?: string };

type OfOne<L extends string> =
  (Described<"it", L> & { readonly of: MetricMeasure<L> }) | (Declared<"it", L> & { readonly of: Measure<L> });

type OfSeveral<Q extends string, L extends string> =
  | (Described<Q, L> & { readonly of: Readonly<Record<Q, MetricMeasure<L>>> })
  | (Declared<Q, L> & { readonly of: Readonly<Record<Q, Measure<L>>> });

/**
 * Declares a panel of a measure: `panel("failing", { title, of: ratio(…) })`, or of several by name: `of: { p50: quantile(0.5, …),
 * p95: quantile(0.95, …) }`. Without `view` it is a time series; without `description` the help of its metric is what it shows.
 * @throws TypeError when the measures have different units.
 */
export function panel<L extends string>(id: string, spec: OfOne<L> & { readonly queries?: never }): Panel<"it", L>;
export function panel<const Q extends string, L extends string>(
  id: string,
  spec: OfSeveral<Q, L> & { readonly queries?: never },
): Panel<Q, L>;
/** Declares a panel of queries that were not made here, with their unit. */
export function panel<const Q extends string>(
  id: string,
  spec: Declared<Q, string> & { readonly unit: Unit; readonly queries: Panel<Q>["queries"]; readonly of?: never },
): Panel<Q>;
export function panel(
  id: string,
  spec: Described<string, string> & {
    readonly of?: Measure | Readonly<Record<string, Measure>>;
    readonly unit?: Unit;
    readonly queries?: Panel["queries"];
  },
): Panel {
  const { of = {}, unit, queries, description = "", ...rest } = spec;
  if (queries !== undefined && unit !== undefined)
    return declared({ id, view: "timeseries", unit, queries, description, ...rest });
  const measures: Readonly<Record<string, Measure>> = isMeasure(of) ? { it: of } : of;
  const units = [...new Set(Object.values(measures).map((measure) => measure.unit))];
  const [only] = units;
  if (only === undefined || units.length > 1)
    throw new TypeError(
      `The panel "${id}" needs measures of one unit, and has ${units.length === 0 ? "none" : units.join(" and ")}.`,
    );
  const shown = Object.entries(measures).map(([name, measure]): readonly [string, PanelQuery] => [
    name,
    { query: measure.query, legend: isMeasure(of) ? measure.legend : namedLegend(measure, name), measure },
  ]);
  const [first] = Object.values(measures);
  const shows = description === "" && first !== undefined && first.type !== "expression" ? describeMeasure(first) : description;
  return declared({ id, view: "timeseries", unit: only, queries: Object.fromEntries(shown), description: shows, ...rest });
}

function isMeasure(of: Measure | Readonly<Record<string, Measure>>): of is Measure {
  return typeof of["type"] === "string";
}

/**
 * A titled row of panels, in reading order. The first rows of a dashboard are open, the others are opened by the reader:
 * what one must see first stands in them.
 */
export interface Row {
  /** Empty of panels that stand in no row: those above the first. */
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

/**
 * Declares a dashboard whose rows are a record: `rows: { Health: [panels.up], Errors: [panels.failing] }`. Its uid is part of
 * every link to it: never changed once deployed.
 */
export function dashboard(
  uid: string,
  { rows, ...spec }: Omit<Dashboard, "uid" | "rows"> & { readonly rows: Readonly<Record<string, readonly Panel[]>> },
): Dashboard {
  return { uid, ...spec, rows: Object.entries(rows).map(([title, panels]) => ({ title, panels })) };
}

/** A choice of a dashboard: one of some values, or of those that a label has. */
export type DashboardVariable = {
  /** As queries name it, behind a `$`: letters, digits and underscores. `datasource` is the program's own. */
  readonly name: string;
  readonly label: string;
  /** Whether several can be chosen at once, and all of them: then queries match with `=~`. Only one when left out. */
  readonly multi?: true;
} & (
  | { readonly values: readonly string[] }
  | { readonly valuesOf: { readonly series: Series; readonly label: string } }
  /** As Grafana asks it, of series that are not declared here: `label_values(kube_node_info, cluster)`. */
  | { readonly query: string }
);

/** Declares a choice of the values that a label of a series has; a label that it does not have does not compile. */
export function labelValues<L extends Labels>(
  name: string,
  spec: {
    readonly label: string;
    readonly multi?: true;
    readonly of: readonly [series: Series<L>, label: NoInfer<keyof L & string>];
  },
): DashboardVariable {
  const { of, ...rest } = spec;
  return { name, ...rest, valuesOf: { series: of[0], label: of[1] } };
}

/** Grafana's number of a panel: its own, or the one that is made from its id. */
export function numberOf({ id, number }: Pick<Panel, "id" | "number">): number {
  return number ?? panelNumber(id);
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
