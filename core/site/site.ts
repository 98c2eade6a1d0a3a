import { addressOf } from "./address";
import type { Content, Files } from "./content";
import { gridStyles } from "./grid-styles";
import { imageBytes, isImage } from "./image-file";
import { alertPage } from "./pages/alert-page";
import { changesPage } from "./pages/changes-page";
import { dashboardPage } from "./pages/dashboard-page";
import { entriesOf, everythingPage, findingsPage, notFoundPage, renderSearchIndex } from "./pages/lists";
import { mapPage } from "./pages/map-page";
import { runbookPage } from "./pages/runbook-page";
import { platformPage, servicePage } from "./pages/service-page";
import { situationPage, situationsPage } from "./pages/situation-page";
import { renderPage, type Page } from "./page";
import { renderPlotFile, situationFile } from "./plot-file";
import { silencingsOf } from "./silencing";

/** The whole site, file by file. `assets` are the scripts, styles and images below `assets/`, by their names. */
export function renderSite(content: Content, assets: ReadonlyMap<string, string>): Files {
  const entries = entriesOf(content);
  const made = pagesOf(content, entries);
  const { plots, changes } = content;
  const files = new Set(made.map(({ address }) => address.file));
  const pages = [...made, ...(changes ? [changesPage(changes, content, files)] : [])].map((page): [string, string] => [
    page.address.file,
    renderPage(page, content),
  ]);
  const data =
    plots.type === "simulated"
      ? [...plots.played].map(([id, plotted]): [string, string] => [situationFile(id), renderPlotFile(plotted)])
      : [];
  const images = (content.model.runbookFiles ?? [])
    .filter(isImage)
    .map((file): [string, Uint8Array] => [addressOf.image(file.path).file, imageBytes(file)]);
  return new Map<string, string | Uint8Array>([
    ...pages,
    ...images,
    ...data,
    ...[...assets].map(([name, file]): [string, string] => [
      `assets/${name}`,
      name === "site.css" ? `${file}\n${gridStyles}` : file,
    ]),
    ["assets/search.json", renderSearchIndex(entries)],
  ]);
}

function pagesOf(content: Content, entries: ReturnType<typeof entriesOf>): readonly Page[] {
  const { model, situations, receivers, environment } = content;
  const { services } = model;
  const silencings = silencingsOf(model, receivers, environment);
  const touching = new Map<string, typeof silencings>();
  for (const silencing of silencings)
    for (const { name } of [silencing.by, silencing.silenced]) touching.set(name, [...(touching.get(name) ?? []), silencing]);
  return [
    mapPage(content, silencings),
    situationsPage(content),
    findingsPage(content),
    everythingPage(entries, content),
    notFoundPage(content),
    platformPage(content),
    ...services.map((service) => servicePage(service, content)),
    ...services.flatMap((service) => service.alerts.map((alert) => alertPage(alert, content, touching.get(alert.name) ?? []))),
    ...services.flatMap((service) => service.dashboards.map((dashboard) => dashboardPage(dashboard, service, content))),
    ...model.runbooks.map((document) => runbookPage(document, content)),
    ...situations.map((situation) => situationPage(situation, content)),
  ];
}
