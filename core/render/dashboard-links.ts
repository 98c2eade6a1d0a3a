import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import type { ModelIndex } from "../model/model";
import { panelsOf, type Dashboard, type Panel } from "../model/panel";
import type { Service } from "../model/service";
import { dashboardUrl, runbookUrl, type ResolvedEnvironment } from "./environment";

/** A dashboard is found by the environment's tags, its service, and the services of which it tells. */
export function tagsOf(dashboard: Dashboard, service: Service, { tags = [] }: ResolvedEnvironment): readonly string[] {
  return [...new Set([...tags, service.id, ...(dashboard.about ?? [])])];
}

/**
 * The links above a dashboard: to the others of its services, to all with the environment's tags, and to the runbooks to which its
 * alerts lead. Dashboards are found by their tags, so that none leads to one which is not deployed.
 */
export function renderLinks(
  dashboard: Dashboard,
  service: Service,
  index: ModelIndex,
  environment: ResolvedEnvironment,
): readonly DashboardLinkBuilder[] {
  const { tags = [] } = environment;
  return [
    ...(dashboard.about ?? [service.id]).map((id) => dashboardsLink(index.services.get(id)?.title ?? id, [...tags, id])),
    // Without a tag they would be all of Grafana's.
    ...(tags.length > 0 ? [dashboardsLink("All dashboards", tags).asDropdown(true)] : []),
    ...runbookPaths(dashboard, index).map((path) =>
      outwardLink(
        `Runbook: ${index.documents.get(path)?.headings[0]?.title ?? path}`,
        runbookUrl(environment, { path, slug: "" }, index),
      ).icon("doc"),
    ),
  ];
}

/** The links of a panel: to the runbook section of each alert, and to the first dashboard of each service that it shows from outside. */
export function renderPanelLinks(
  panel: Panel,
  index: ModelIndex,
  environment: ResolvedEnvironment,
): readonly DashboardLinkBuilder[] {
  const alerts = index.alertsByPanel.get(panel) ?? [];
  const overviews = (index.upstreamsShownBy.get(panel) ?? []).flatMap(({ dashboards: [overview] }) => overview ?? []);
  return [
    ...alerts.map((alert) => outwardLink(`${alert.name}: runbook`, runbookUrl(environment, alert.runbook, index))),
    ...overviews.map((overview) =>
      new DashboardLinkBuilder(overview.title)
        .type(DashboardLinkType.Link)
        .url(`${dashboardUrl(environment, overview)}?\${__url_time_range}&\${datasource:queryparam}`),
    ),
  ];
}

function dashboardsLink(title: string, tags: readonly string[]): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Dashboards)
    .tags([...tags])
    .keepTime(true);
}

function outwardLink(title: string, url: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(true);
}

function runbookPaths(dashboard: Dashboard, index: ModelIndex): readonly string[] {
  const alerts = panelsOf(dashboard).flatMap((panel) => index.alertsByPanel.get(panel) ?? []);
  return [...new Set(alerts.map(({ runbook }) => runbook.path))];
}
