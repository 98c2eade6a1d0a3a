import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import {
  CustomVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { ModelIndex } from "../model/model";
import type { Dashboard } from "../model/panel";
import type { Service } from "../model/service";
import { runbookUrl, type Links } from "./links";
import { renderPanel, type PanelBuilder } from "./panel";

/** Grafana's grid has 24 columns; three panels side by side can still be read. */
const gridWidth = 24;
const panelsPerLine = 3;
const panelHeight = 8;

/** The JSON model of a dashboard, as Grafana's API and its file provisioning take it. */
export function renderDashboard(dashboard: Dashboard, service: Service, index: ModelIndex, links: Links): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the successor, dashboardv2, is for Grafana 13 and newer; every Grafana since 8 reads this one
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .description(dashboard.description)
    .tags(["dark-tower", service.id])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-3h", to: "now" })
    .refresh("30s")
    .timezone("browser")
    .withVariable(datasourceVariable(links))
    .links(runbookLinks(dashboard, index, links));
  for (const { name, label, values } of dashboard.variables ?? []) {
    builder.withVariable(new CustomVariableBuilder(name).label(label).values(values.join(",")));
  }
  let y = 0;
  for (const row of dashboard.rows) {
    builder.withRow(new RowBuilder(row.title).gridPos({ x: 0, y, w: gridWidth, h: 1 }));
    y += 1;
    for (let start = 0; start < row.panels.length; start += panelsPerLine) {
      const line = row.panels.slice(start, start + panelsPerLine);
      const width = gridWidth / line.length;
      line.forEach((panel, column) => {
        const rendered: PanelBuilder = renderPanel(panel, index, links, datasource);
        builder.withPanel(rendered.gridPos({ x: column * width, y, w: width, h: panelHeight }));
      });
      y += panelHeight;
    }
  }
  return JSON.stringify(builder.build(), null, 2);
}

function datasourceVariable({ datasourceUid = "" }: Links): DatasourceVariableBuilder {
  const variable = new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus");
  return datasourceUid === "" ? variable : variable.current({ text: datasourceUid, value: datasourceUid });
}

/** Every panel asks the data source that the dashboard's variable names. */
const datasource: DataSourceRef = { type: "prometheus", uid: "$datasource" };

/** One link a runbook file to which this dashboard's alerts lead. */
function runbookLinks(dashboard: Dashboard, index: ModelIndex, links: Links): DashboardLinkBuilder[] {
  const paths = dashboard.rows
    .flatMap((row) => row.panels)
    .flatMap((panel) => index.alertsByPanel.get(panel) ?? [])
    .map(({ runbook }) => runbook.path);
  return [...new Set(paths)].map((path) =>
    new DashboardLinkBuilder(`Runbook: ${index.documents.get(path)?.headings[0]?.title ?? path}`)
      .type(DashboardLinkType.Link)
      .icon("doc")
      .url(runbookUrl(links, { path, slug: "", title: "" }).replace(/#$/, ""))
      .targetBlank(true),
  );
}
