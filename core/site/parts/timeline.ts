import { alertText } from "../../simulate/print";
import type { Plotted } from "../../simulate/plot";
import type { AlertSpan } from "../../simulate/timeline";
import { addressOf } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import { clock } from "./clock";
import { linksFrom, severityMark } from "./links";
import { table } from "./table";

const width = 900;
const left = 330;
const rowHeight = 24;
const mostLetters = 44;

interface Row {
  readonly text: string;
  readonly pending: readonly AlertSpan[];
  readonly firing: Plotted["notifications"];
}

/** A line for each alert of a situation, with bars while it waits, fires and is silenced, and a mark where people hear of it. */
export function timelineDrawing(plotted: Plotted): Html | undefined {
  const rows = rowsOf(plotted);
  if (rows.length === 0) return html`<p>No alert comes, not even as pending.</p>`;
  const { lastsSeconds } = plotted.situation;
  const x = (second: number): number => round(left + (Math.min(second, lastsSeconds) / lastsSeconds) * (width - left - 30));
  const height = rows.length * rowHeight + 26;
  const ticks = Array.from({ length: 6 }, (_, number) => Math.round((lastsSeconds * number) / 5 / 30) * 30);
  const bar = (span: AlertSpan, row: number, kind: string): Html =>
    html`<rect
      class="${kind}"
      x="${x(span.from)}"
      y="${row * rowHeight + 4}"
      width="${Math.max(2, x(span.until) - x(span.from))}"
      height="${rowHeight - 8}"
      ><title>${kind} ${clock(span.from)} to ${clock(span.until)}</title></rect
    >`;
  return html`<div class="drawing" tabindex="0" role="region" aria-label="Timeline">
    <svg
      class="timeline"
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
      role="img"
      aria-label="When alerts wait, fire and are silenced; the table below says the same."
    >
      ${ticks.map((second) => html`<line class="tick" x1="${x(second)}" x2="${x(second)}" y1="0" y2="${height - 20}" /><text class="time" x="${x(second)}" y="${height - 6}">${clock(second)}</text>`)}
      ${rows.map(
        ({ text, pending, firing }, row) =>
          html`<text class="name" x="${left - 10}" y="${row * rowHeight + 17}"
              >${text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text}<title>${text}</title></text
            >${pending.map((span) => bar(span, row, "pending"))}${firing.map(({ alert, toldAt }) => html`${bar(alert, row, toldAt === undefined ? "silenced" : `firing f-${alert.labels["severity"] ?? ""}`)}${toldAt === undefined ? undefined : html`<path class="told" d="M${x(toldAt)} ${row * rowHeight + 2}l5 10-5 10-5-10Z"><title>told at ${clock(toldAt)}</title></path>`}`)} `,
      )}
    </svg>
    <p class="key">
      <span class="k pending">pending</span> <span class="k firing">firing</span> <span class="k silenced">silenced</span>
      <span class="k told">◆ told</span>
    </p>
  </div>`;
}

/** The same in words. */
export function timelineTable({ notifications, timeline }: Plotted, { model }: Content, file: string): Html | undefined {
  const links = linksFrom(file, model);
  const known = new Map(model.services.flatMap((service) => service.alerts.map((alert) => [alert.name, alert])));
  const linked = (span: AlertSpan): Html => {
    const alert = known.get(span.labels["alertname"] ?? "");
    const text = alertText(span);
    return alert ? links.to(addressOf.alert(alert), text) : html`${text}`;
  };
  const fired = notifications.map(({ alert, toldAt }) => ({
    from: alert.from,
    cells: [
      clock(alert.from),
      linked(alert),
      html`<span class="alert">fires ${severityMark(alert.labels["severity"] ?? "")}</span>`,
      toldAt === undefined ? "silenced" : `told at ${clock(toldAt)}`,
      clock(alert.until),
    ],
  }));
  const waits = timeline.pending.map((span) => ({
    from: span.from,
    cells: [clock(span.from), linked(span), html`pending`, "", clock(span.until)],
  }));
  const rows = [...waits, ...fired].sort((a, b) => a.from - b.from).map(({ cells }) => cells);
  return table("What happens when", ["at", "alert", "state", "people", "until"], rows);
}

function rowsOf({ timeline, notifications }: Plotted): readonly Row[] {
  const spans = [...timeline.pending, ...timeline.firing];
  const texts = [...new Set(spans.toSorted((a, b) => a.from - b.from).map(alertText))];
  return texts.map((text) => ({
    text,
    pending: timeline.pending.filter((span) => alertText(span) === text),
    firing: notifications.filter(({ alert }) => alertText(alert) === text),
  }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
