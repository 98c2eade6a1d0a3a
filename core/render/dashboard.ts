import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkPlacement,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { ModelIndex } from "../model/model";
import { panelNumber, type Dashboard } from "../model/panel";
import type { Service } from "../model/service";
import { renderAnnotations } from "./annotations";
import { choicesOf } from "./dashboard-choices";
import { renderLinks, tagsOf } from "./dashboard-links";
import { heightOf, placePanels, type Placed } from "./grid";
import type { ResolvedEnvironment } from "./environment";
import { renderPanel, type PanelBuilder } from "./panel";

/** The JSON model of a dashboard, as Grafana's API and its file provisioning take it. */
export function renderDashboard(
  dashboard: Dashboard,
  service: Service,
  index: ModelIndex,
  environment: ResolvedEnvironment,
): string {
  const choices = choicesOf(dashboard, service, index, environment);
  const placed = ({ panel, place }: Placed): PanelBuilder => renderPanel(panel, { index, environment, choices }).gridPos(place);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the successor, dashboardv2, is for Grafana 13 and newer; every Grafana since 8 reads this one
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .description(dashboard.description)
    .tags([...tagsOf(dashboard, service, environment)])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-3h", to: "now" })
    .refresh("30s")
    .timezone("browser")
    .variables([...choices.variables])
    .annotations([...renderAnnotations(dashboard, index)])
    .links([...renderLinks(dashboard, service, index, environment)]);
  for (const { title, y, panels, isOpen } of layOut(dashboard)) {
    const row = new RowBuilder(title).id(panelNumber(`row: ${title}`)).gridPos({ x: 0, y, w: 24, h: 1 });
    if (isOpen) {
      builder.withRow(row);
      for (const panel of panels) builder.withPanel(placed(panel));
    } else {
      builder.withRow(panels.reduce((closed, panel) => closed.withPanel(placed(panel)), row.collapsed(true)));
    }
  }
  return JSON.stringify(builder.build(), inSight, 2);
}

/** The SDK puts every link and annotation into a menu of Grafana 12, which nobody opens at night. */
function inSight(key: string, value: unknown): unknown {
  return key === "placement" && value === DashboardLinkPlacement.InControlsMenu ? undefined : value;
}

/** A screen shows about so many grid lines. */
const screenHeight = 27;
const openRows = 2;

interface PlacedRow {
  readonly title: string;
  readonly y: number;
  readonly panels: readonly Placed[];
  readonly isOpen: boolean;
}

/** Rows from top to bottom. All are open if they fit a screen; else the first two, and of the others one sees the titles. */
function layOut({ rows }: Dashboard): readonly PlacedRow[] {
  const whole = rows.reduce((height, { panels }) => height + 1 + heightOf(placePanels(panels, 0), 0), 0);
  let y = 0;
  return rows.map(({ title, panels }, position) => {
    const isOpen = position < openRows || whole <= screenHeight;
    const row = { title, y, panels: placePanels(panels, y + 1), isOpen };
    y += 1 + (isOpen ? heightOf(row.panels, y + 1) : 0);
    return row;
  });
}
