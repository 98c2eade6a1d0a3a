import { describeCondition, type Alert } from "../../model/alert";
import { indexOf } from "../../model/model";
import type { Panel, PanelQuery } from "../../model/panel";
import { axisReach, gateSteps, thresholdSteps } from "../../render/thresholds";
import { linkBetween } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import { codeBlock } from "./code-block";
import { linksFrom } from "./links";

/** How a panel stands on a page. */
export interface PanelPlace {
  /** The page's file. */
  readonly file: string;
  /** Which numbers it shows: a situation's, or those of a live Prometheus. None when left out. */
  readonly source?: PlotSource | undefined;
  /** Marks when this alert waits, fires and has ended. */
  readonly marks?: Alert;
  /** The id of the element; none when left out. */
  readonly element?: string;
  readonly className?: string;
  /** Says only what is not said beside it: no alerts, no queries. */
  readonly isBrief?: boolean;
  /** The page says itself why there is no plot. */
  readonly isExplained?: boolean;
}

/** A file with numbers, from the root of the site, and what it is called. */
export interface PlotSource {
  readonly file: string;
  readonly title: string;
}

/** A panel: its title, its plot or why there is none, the alerts on it, and its queries. */
export function panelFigure(panel: Panel, content: Content, place: PanelPlace): Html {
  const { model, plots } = content;
  const index = indexOf(model);
  const alerts = index.alertsByPanel.get(panel) ?? [];
  const links = linksFrom(place.file, model);
  const dashboard = index.dashboardOf.get(panel);
  const queries = Object.entries<PanelQuery>(panel.queries);
  const { source } = place;
  const plot = source
    ? html`<div
        class="plot"
        data-source="${linkBetween(place.file, { file: source.file })}"
        data-panel="${dashboard?.uid ?? ""}/${panel.id}"
        data-drawing="${JSON.stringify(drawingOf(panel, alerts))}"
        ${place.marks && html` data-marks="${place.marks.name}"`}
        role="img"
        aria-label="${`${panel.title}: ${source.title}`}"
      >
        <p class="no-plot">The plot needs JavaScript: ${source.title}.</p>
      </div>`
    : plots.type === "none" && place.isExplained === true
      ? undefined
      : html`<p class="no-plot">${plots.type === "none" ? plots.reason : "There are no numbers of this panel here."}</p>`;
  return html`<figure
    class="panel view-${panel.view} ${place.className ?? ""}"
    ${place.element === undefined ? undefined : html` id="${place.element}" tabindex="-1"`}
  >
    <figcaption>
      ${
        place.isBrief === true
          ? html`<strong>${links.panel(panel)}</strong>`
          : html`<h3>${panel.title}</h3>
              <p>${panel.description}</p>`
      }
    </figcaption>
    ${plot}
    ${
      place.isBrief === true
        ? undefined
        : html`${
              alerts.length === 0
                ? undefined
                : html`<ul class="watchers">
                    ${alerts.map((alert) => html`<li>${links.alert(alert)} fires when ${describeCondition(alert)}.</li>`)}
                  </ul>`
            }
            <details>
              <summary>Queries of ${panel.title}</summary>
              ${queries.map(([id, { query }]) => html`${queries.length > 1 ? html`<p>${id}</p>` : undefined}${codeBlock(query.expr, "promql", `Query ${id} of ${panel.title}`)}`)}
            </details>`
    }
  </figure>`;
}

/**
 * What the script draws a panel by, beside its numbers: the lines of a graph, each in the color of its bad side, and the
 * colors of a number from each bound upwards.
 */
function drawingOf(panel: Panel, alerts: readonly Alert[]): object {
  const steps = panel.view === "gate" ? gateSteps : thresholdSteps(panel, alerts);
  const lines = steps.flatMap(({ value, color }, step) =>
    value === null ? [] : [{ value, color: color === "transparent" ? steps[step - 1]?.color : color }],
  );
  return {
    unit: panel.unit,
    view: panel.view,
    stacked: panel.stacked === true,
    ...(panel.view === "timeseries" ? { lines, reach: axisReach(panel, alerts) ?? null } : { steps }),
  };
}
