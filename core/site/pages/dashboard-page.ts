import type { Dashboard } from "../../model/panel";
import type { Service } from "../../model/service";
import { dashboardUrl } from "../../render/environment";
import { placePanels } from "../../render/grid";
import { addressOf, panelElement } from "../address";
import type { Content } from "../content";
import { html } from "../html";
import type { Page } from "../page";
import { linksFrom } from "../parts/links";
import { panelFigure } from "../parts/panel-figure";
import { plotSource } from "../plot-file";

/** A dashboard: its rows with their panels where Grafana has them. All rows are open: a page can be scrolled and printed. */
export function dashboardPage(dashboard: Dashboard, service: Service, content: Content): Page {
  const address = addressOf.dashboard(dashboard);
  const links = linksFrom(address.file, content.model);
  const source =
    plotSource(content, `${service.id}/good-day`) ?? plotSource(content, `${content.model.services[0]?.id ?? ""}/good-day`);
  const rows = dashboard.rows.map(
    ({ title, panels }) =>
      html`<section>
        <h2>${title}</h2>
        <div class="grid">
          ${placePanels(panels, 0).map(({ panel, place: { x, y, w, h } }) =>
            panelFigure(panel, content, {
              file: address.file,
              element: panelElement(panel),
              className: `x${x} y${y} w${w} h${h}`,
              source,
              isExplained: true,
            }),
          )}
        </div>
      </section>`,
  );
  const url = dashboardUrl(content.environment, dashboard);
  const body = html`<p class="lead">${dashboard.description}</p>
    <p>
      Dashboard of ${links.to(addressOf.service(service.id), service.title)}. In Grafana:
      <a href="${url}" rel="noopener noreferrer">${url}</a>.${source && ` Drawn: ${source.title}.`}
    </p>
    ${content.plots.type === "none" ? html`<p class="no-plot">${content.plots.reason}</p>` : undefined} ${rows}`;
  return { address, title: dashboard.title, body, hasPlots: true };
}
