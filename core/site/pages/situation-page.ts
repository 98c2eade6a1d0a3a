import { groupBy } from "../../model/group-by";
import { indexOf } from "../../model/model";
import type { Panel } from "../../model/panel";
import { describeExpectation } from "../../simulate/print";
import type { Plotted } from "../../simulate/plot";
import type { Situation } from "../../simulate/situation";
import { addressOf } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import type { Page } from "../page";
import { linksFrom } from "../parts/links";
import { panelFigure } from "../parts/panel-figure";
import { list } from "../parts/table";
import { timelineDrawing, timelineTable } from "../parts/timeline";
import { plotSource } from "../plot-file";

/** A situation: what happens, which alerts wait, fire and are silenced, who is told when, and the panels moving through it. */
export function situationPage(situation: Situation, content: Content): Page {
  const { plots, model } = content;
  const address = addressOf.situation(situation.id);
  const links = linksFrom(address.file, model);
  const service = model.services.find(({ id }) => id === situation.service);
  const plotted = plots.type === "simulated" ? plots.played.get(situation.id) : undefined;
  const body = html`<p class="lead">${situation.title}</p>
    <dl class="facts">
      <dt>Must happen</dt>
      <dd>${describeExpectation(situation.expect)}</dd>
      <dt>Lasts</dt>
      <dd>${situation.lastsSeconds / 60} minutes, after ${situation.historySeconds / 60} minutes of a usual day</dd>
      ${
        service &&
        html`<dt>Service</dt>
          <dd>${links.to(addressOf.service(service.id), service.title)}</dd>`
      }
    </dl>
    ${plotted ? outcome(plotted, content, address.file) : html`<p class="no-plot">${plots.type === "none" ? plots.reason : "This situation was not played."}</p>`}`;
  return { address, title: situation.id, body, hasPlots: plotted !== undefined };
}

function outcome(plotted: Plotted, content: Content, file: string): Html {
  const { complaints, view } = plotted;
  const source = plotSource(content, plotted.situation.id);
  const panels = panelsOf(plotted, content);
  return html`${
      complaints.length === 0
        ? html`<p class="fine">As expected.</p>`
        : html`<p class="bad">Not as expected:</p>
            ${list(complaints)}`
    }
    <p class="aside">
      Scraped every ${view.scrapeSeconds} s, labels as
      ${view.convention === "plain" ? "plain Prometheus" : "the Prometheus operator"} sets them. Played by promtool; who is told
      follows from Alertmanager's inhibitions.
    </p>
    <h2>What happens</h2>
    ${timelineDrawing(plotted)} ${timelineTable(plotted, content, file)}
    <h2>Panels</h2>
    <div class="grid">
      ${panels.map((panel) => panelFigure(panel, content, { file, isBrief: true, className: "w12", source }))}
    </div>`;
}

/** Those of the alerts that come, then the others of the service that are watched. */
function panelsOf({ timeline, situation, panels }: Plotted, { model }: Content): readonly Panel[] {
  const index = indexOf(model);
  const came = new Set([...timeline.firing, ...timeline.pending].map(({ labels }) => labels["alertname"]));
  const alerts = model.services.flatMap((service) => service.alerts);
  const first = alerts.filter(({ name }) => came.has(name)).map(({ panel }) => panel);
  const watched = alerts.filter(({ name }) => index.serviceOf.get(name)?.id === situation.service).map(({ panel }) => panel);
  const isDrawn = (panel: Panel): boolean => panels.has(`${index.dashboardOf.get(panel)?.uid ?? ""}/${panel.id}`);
  return [...new Set([...first, ...watched])].filter(isDrawn).slice(0, 12);
}

/** All situations, by their chapters. */
export function situationsPage(content: Content): Page {
  const { situations, plots, model } = content;
  const address = addressOf.situations();
  const links = linksFrom(address.file, model);
  const chapters = groupBy(situations, ({ id }) => id.split("/")[0] ?? id);
  const mark = (situation: Situation): Html | undefined => {
    const plotted = plots.type === "simulated" ? plots.played.get(situation.id) : undefined;
    if (!plotted) return undefined;
    const told = new Set(
      plotted.notifications.flatMap(({ alert, toldAt }) =>
        toldAt === undefined ? [] : [`${alert.labels["severity"] ?? ""} ${alert.labels["alertname"] ?? ""}`],
      ),
    );
    return html` <span class="aside"
      >${plotted.complaints.length > 0 ? "Not as expected. " : ""}${told.size === 0 ? "Nobody is told." : [...told].join(", ")}</span
    >`;
  };
  const body = html`<p class="lead">What production does to the alerts, and what must come of it.</p>
    ${plots.type === "none" ? html`<p class="no-plot">${plots.reason}</p>` : undefined}
    ${[...chapters].map(
      ([chapter, some]) =>
        html`<section>
          <h2>${model.services.find(({ id }) => id === chapter)?.title ?? chapter}</h2>
          ${list(some.map((situation) => html`${links.situation(situation)}${mark(situation)}`))}
        </section>`,
    )}`;
  return { address, title: "Situations", body };
}
