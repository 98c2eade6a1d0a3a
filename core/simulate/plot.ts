import { indexOf, type Model } from "../model/model";
import type { PanelQuery } from "../model/panel";
import { withChoices } from "../model/panel-variables";
import { withWindow } from "../model/query";
import type { Play } from "./prepared-play";
import type { PrintedSample } from "./promtool-output";
import type { Question } from "./promtool-test";
import { playAll, type Played, type PlayOptions } from "./run";

/** A line of a panel through a situation. */
export interface PlottedSeries {
  readonly legend: string;
  /** A value for each of {@link Plotted.seconds}; null where there is none. */
  readonly values: readonly (number | null)[];
}

/** What came of a situation, with the panels as they moved through it. */
export interface Plotted extends Pick<Played, "situation" | "view" | "timeline" | "notifications" | "complaints"> {
  /** The moments of the values, in seconds of the situation. */
  readonly seconds: readonly number[];
  /** By `dashboard-uid/panel-id`. A panel without any value in the situation has no lines. */
  readonly panels: ReadonlyMap<string, readonly PlottedSeries[]>;
}

/** At most so many moments are plotted: a screen has not many more points for a graph. */
const mostMoments = 90;

/** Plays each situation, and evaluates at each moment what every panel shows that reads anything which differs in it. */
export async function plotAll(
  model: Model,
  plays: readonly Play[],
  {
    onPlotted,
    ...options
  }: Pick<PlayOptions, "promtool" | "processes" | "signal"> & { readonly onPlotted?: (plotted: Plotted) => void },
): Promise<readonly Plotted[]> {
  const queries = panelQueries(model);
  const ask = (play: Play): readonly Question[] => {
    const seconds = momentsOf(play);
    return [...queries].flatMap(([id, { expr }]) => seconds.map((second) => ({ id, expr, second })));
  };
  const plotted = (played: Played): Plotted => plotOf(model, played);
  const played = await playAll(model, plays, {
    ...options,
    ask,
    ...(onPlotted && { onPlayed: (each: Played) => onPlotted(plotted(each)) }),
  });
  return played.map(plotted);
}

/** A query of a panel, as Prometheus takes it. */
export interface AskedQuery {
  /** `dashboard-uid/panel-id`. */
  readonly panel: string;
  readonly expr: string;
  readonly legend: string;
}

/** What every panel asks, by the panel's name and the query's. Where Grafana would choose a window, that of the alerts. */
export function panelQueries(model: Model): ReadonlyMap<string, AskedQuery> {
  const { panels, dashboardOf } = indexOf(model);
  return new Map(
    [...panels].flatMap(([name, panel]) =>
      Object.entries<PanelQuery>(panel.queries).map(([id, { query, legend }]): [string, AskedQuery] => {
        const dashboard = dashboardOf.get(panel);
        const asked = withWindow(query, "5m").expr;
        const expr = dashboard ? (withChoices(asked, dashboard)[0] ?? asked) : asked;
        return [`${name} ${id}`, { panel: name, expr, legend }];
      }),
    ),
  );
}

function momentsOf({ situation: { lastsSeconds }, view }: Play): readonly number[] {
  const step = Math.ceil(lastsSeconds / mostMoments / view.scrapeSeconds) * view.scrapeSeconds;
  return Array.from({ length: Math.floor(lastsSeconds / step) + 1 }, (_, number) => number * step);
}

function plotOf(model: Model, played: Played): Plotted {
  const { situation, view, timeline, notifications, complaints, answers } = played;
  const seconds = momentsOf(played);
  const panels = new Map<string, PlottedSeries[]>();
  for (const [id, { panel: name, legend }] of panelQueries(model)) {
    const lines = linesOf(answers.get(id) ?? [], seconds, legend);
    if (lines.length > 0) panels.set(name, [...(panels.get(name) ?? []), ...lines]);
  }
  return { situation, view, timeline, notifications, complaints, seconds, panels };
}

function linesOf(samples: readonly PrintedSample[], seconds: readonly number[], legend: string): readonly PlottedSeries[] {
  const lines = new Map<string, (number | null)[]>();
  for (const { second, labels, value } of samples) {
    const name = legendOf(legend, labels);
    const values = lines.get(name) ?? seconds.map(() => null);
    lines.set(name, values);
    if (Number.isFinite(value)) values[seconds.indexOf(second)] = Number(value.toPrecision(6));
  }
  return [...lines].map(([name, values]) => ({ legend: name, values }));
}

/** Grafana's legend: `{{label}}` is the label's value. */
export function legendOf(legend: string, labels: Readonly<Record<string, string>>): string {
  return legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
}
