import { alertText } from "../simulate/print";
import type { Plotted } from "../simulate/plot";
import type { AlertSpan } from "../simulate/timeline";
import type { Content } from "./content";
import type { PlotSource } from "./parts/panel-figure";

/** Where the numbers of a situation are, or those of a live Prometheus. Undefined where there are none. */
export function plotSource({ plots }: Content, situation: string): PlotSource | undefined {
  if (plots.type === "live") return { file: liveFile, title: `the last hours, from ${plots.prometheus}` };
  if (plots.type !== "simulated" || !plots.played.has(situation)) return undefined;
  return { file: situationFile(situation), title: `the situation ${situation}` };
}

/** Answered by the server for one panel at a time, which is named behind it. */
export const liveFile = "live.json";

/** The file with the numbers of a situation. */
export function situationFile(id: string): string {
  return `data/${id}.json`;
}

/** What the script draws: the lines of each panel, and the alerts with their states. Infinity is null. */
export function renderPlotFile({ seconds, panels, timeline, notifications }: Plotted): string {
  const told = new Map(notifications.map(({ alert, toldAt }) => [alert, toldAt]));
  const span = (state: "pending" | "firing") => (each: AlertSpan) => ({
    name: each.labels["alertname"],
    text: alertText(each),
    severity: each.labels["severity"],
    state,
    from: each.from,
    until: Number.isFinite(each.until) ? each.until : null,
    toldAt: told.get(each) ?? null,
  });
  return JSON.stringify({
    isLive: false,
    seconds,
    panels: Object.fromEntries(panels),
    alerts: [...timeline.pending.map(span("pending")), ...timeline.firing.map(span("firing"))],
  });
}
