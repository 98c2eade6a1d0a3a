import type { Subject } from "../finding";
import type { Model } from "../model";
import { runbookSubject } from "../section-content";
import type { LoadedFiles } from "./loaded";
import { below } from "./place";

/** An address, and where it stands. */
export interface Link {
  readonly url: string;
  readonly subject: Subject;
}

/** The links of rules, dashboards and documents, to dashboards and elsewhere. */
export function dashboardLinks(model: Model, files: LoadedFiles): readonly Link[] {
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

/** The dashboard to which an address leads, and the number of the panel that it names; undefined where it leads elsewhere. */
export function readDashboardLink(url: string): { readonly uid: string; readonly panel?: number } | undefined {
  const found = /(?:^|\/)d\/([A-Za-z0-9_-]+)(?:\/[^?#\s]*)?(?:\?([^\s#)"']*))?/.exec(url);
  if (!found) return undefined;
  const [, uid = "", query = ""] = found;
  const panel = new URLSearchParams(query).get("viewPanel")?.replace(/^panel-/, "") ?? "";
  return { uid, ...(/^\d+$/.test(panel) && { panel: Number(panel) }) };
}
