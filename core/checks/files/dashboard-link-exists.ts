import { matchesSome } from "../../model/files/catalog";
import type { LoadedDashboard, LoadedFiles } from "../../model/files/loaded";
import { dashboardLinks, readDashboardLink, type Link } from "../../model/files/dashboard-link";
import { nearestName } from "../../model/suggestion";
import { problem, type Check, type Problem } from "../check";

/** A link to a dashboard opens it, and at the panel that it names. */
export const dashboardLinkExists: Check = {
  id: "dashboard-link-exists",
  description: "Links to /d/<uid> lead to a dashboard of these files, and viewPanel to one of its panels.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files || files.dashboards.length === 0) return [];
    const byUid = new Map(files.dashboards.filter(({ uid }) => uid !== "").map((dashboard) => [dashboard.uid, dashboard]));
    return dashboardLinks(model, files).flatMap((link) => deadLink(link, byUid, files));
  },
};

function deadLink(
  { url, subject }: Link,
  byUid: ReadonlyMap<string, LoadedDashboard>,
  { elsewhere }: LoadedFiles,
): readonly Problem[] {
  const found = readDashboardLink(url);
  if (!found) return [];
  const { uid, panel } = found;
  const dashboard = byUid.get(uid);
  if (!dashboard) {
    if (matchesSome(uid, elsewhere.dashboards)) return [];
    const nearest = nearestName(uid, byUid.keys());
    const advice =
      nearest === undefined ? "If it is kept elsewhere, name it under `elsewhere.dashboards`." : `Did you mean "${nearest}"?`;
    return [
      {
        ...problem(subject, `links to the dashboard "${uid}", which is none of these files. ${advice}`),
        severity: nearest === undefined ? "warning" : "error",
      },
    ];
  }
  const ids = dashboard.panels.map(({ id }) => String(id ?? ""));
  if (panel === undefined || ids.includes(String(panel))) return [];
  return [
    problem(subject, `links to panel ${panel} of the dashboard "${uid}", which has none with this id. It has ${ids.join(", ")}.`),
  ];
}
