import type { Subject } from "../../model/finding";
import { matchesSome } from "../../model/files/catalog";
import type { LoadedDashboard, LoadedFiles } from "../../model/files/loaded";
import { below } from "../../model/files/place";
import type { Model } from "../../model/model";
import { runbookSubject } from "../../model/section-content";
import { nearestName } from "../../model/suggestion";
import { problem, type Check, type Problem } from "../check";

interface Link {
  readonly url: string;
  readonly subject: Subject;
}

/** A link to a dashboard opens it, and at the panel that it names. */
export const dashboardLinkExists: Check = {
  id: "dashboard-link-exists",
  description: "Links to /d/<uid> lead to a dashboard of these files, and viewPanel to one of its panels.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files || files.dashboards.length === 0) return [];
    const byUid = new Map(files.dashboards.filter(({ uid }) => uid !== "").map((dashboard) => [dashboard.uid, dashboard]));
    return linksOf(model, files).flatMap((link) => deadLink(link, byUid, files));
  },
};

function linksOf(model: Model, files: LoadedFiles): readonly Link[] {
  return [
    ...files.rules.flatMap(({ annotations, subject }) =>
      Object.entries(annotations).flatMap(([name, text]): readonly Link[] =>
        text.includes("/d/") || name === "__dashboardUid__"
          ? [
              {
                url:
                  name === "__dashboardUid__"
                    ? `/d/${text}${annotations["__panelId__"] === undefined ? "" : `?viewPanel=${annotations["__panelId__"]}`}`
                    : text,
                subject: { ...subject, ...(subject.at && { at: below(subject.at, "annotations", name) }) },
              },
            ]
          : [],
      ),
    ),
    ...files.dashboards.flatMap(({ links, panels }) => [...links, ...panels.flatMap((panel) => panel.links)]),
    ...model.runbooks.flatMap((document) =>
      document.links.map(({ text, line }) => ({ url: text, subject: runbookSubject(document, line) })),
    ),
  ];
}

function deadLink(
  { url, subject }: Link,
  byUid: ReadonlyMap<string, LoadedDashboard>,
  { elsewhere }: LoadedFiles,
): readonly Problem[] {
  const found = /(?:^|\/)d\/([A-Za-z0-9_-]+)(?:\/[^?#\s]*)?(?:\?([^\s#)"']*))?/.exec(url);
  if (!found) return [];
  const [, uid = "", query = ""] = found;
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
  const panel = new URLSearchParams(query).get("viewPanel")?.replace(/^panel-/, "");
  const ids = dashboard.panels.map(({ id }) => String(id ?? ""));
  if (panel === undefined || !/^\d+$/.test(panel) || ids.includes(panel)) return [];
  return [
    problem(subject, `links to panel ${panel} of the dashboard "${uid}", which has none with this id. It has ${ids.join(", ")}.`),
  ];
}
