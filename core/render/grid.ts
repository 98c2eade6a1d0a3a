import type { GridPos } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Panel } from "../model/panel";

/** A panel and where it stands on Grafana's grid, which is 24 columns wide and has no end. */
export interface Placed {
  readonly panel: Panel;
  readonly place: GridPos;
}

const columns = 24;
const graphHeight = 8;
const statHeight = graphHeight / 2;
/** A quarter of the width: the least in which a legend with two numbers a series can be read. */
const leastWidth = columns / 4;
const mostStatColumns = 2;

/**
 * The panels of a row from the line `y` downwards: a few stats stand on top of each other beside the first graphs, many
 * above them; graphs stand two or three a line. No panel is wider than it can be read.
 */
export function placePanels(panels: readonly Panel[], y: number): readonly Placed[] {
  const graphs = panels.filter(({ view }) => view === "timeseries");
  const stats = panels.filter(({ view }) => view !== "timeseries");
  if (stats.length === 0) return placeGraphs(graphs, y);
  const statColumns = chunks(stats, 2);
  if (graphs.length === 0 || statColumns.length > mostStatColumns) {
    const above = placeStatLines(stats, y);
    return [...above, ...placeGraphs(graphs, y + heightOf(above, y))];
  }
  const x = statColumns.length * leastWidth;
  const beside = evenShare(graphs.length, (columns - x) / leastWidth);
  return [
    ...statColumns.flatMap((column, number) => placeStatColumn(column, { x: number * leastWidth, y })),
    ...placeLine(graphs.slice(0, beside), { x, y, w: (columns - x) / beside, h: graphHeight }),
    ...placeGraphs(graphs.slice(beside), y + graphHeight),
  ];
}

/** The number of grid lines that a row's panels take. */
export function heightOf(placed: readonly Placed[], y: number): number {
  return Math.max(0, ...placed.map(({ place }) => place.y + place.h - y));
}

function placeGraphs(graphs: readonly Panel[], y: number): readonly Placed[] {
  return chunks(graphs, evenShare(graphs.length, 3)).flatMap((line, number) =>
    placeLine(line, { x: 0, y: y + number * graphHeight, w: columns / Math.max(2, line.length), h: graphHeight }),
  );
}

function placeStatLines(stats: readonly Panel[], y: number): readonly Placed[] {
  return chunks(stats, evenShare(stats.length, 4)).flatMap((line, number) =>
    placeLine(line, { x: 0, y: y + number * statHeight, w: columns / Math.max(3, line.length), h: statHeight }),
  );
}

/** One stat that has a column for itself is as high as a graph. */
function placeStatColumn(column: readonly Panel[], { x, y }: Pick<GridPos, "x" | "y">): readonly Placed[] {
  const h = graphHeight / column.length;
  return column.map((panel, position) => ({ panel, place: { x, y: y + position * h, w: leastWidth, h } }));
}

function placeLine(panels: readonly Panel[], first: GridPos): readonly Placed[] {
  return panels.map((panel, position) => ({ panel, place: { ...first, x: first.x + position * first.w } }));
}

/** How many of `count` go into each line when a line takes at most `most`: of four, rather two and two than three and one. */
function evenShare(count: number, most: number): number {
  return Math.ceil(count / Math.max(1, Math.ceil(count / most)));
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [];
  return Array.from({ length: Math.ceil(list.length / size) }, (_, number) => list.slice(number * size, (number + 1) * size));
}
