import { posix } from "node:path";
import type { Alert } from "../model/alert";
import { groupBy } from "../model/group-by";
import { indexOf, sectionKey, type Model } from "../model/model";
import type { RunbookDocument } from "../model/runbook";
import { headingOf } from "../model/section-content";
import { renderMarkdownTable } from "./marked-block";

/** Of the alerts that lead into a document: which others explain them, and where those lead. */
export function renderLookFirst(model: Model, document: RunbookDocument): string {
  const index = indexOf(model);
  const isHere = (alert: Alert): boolean => index.serviceOf.has(alert.name) && alert.runbook.path === document.path;
  const pairs = model.cascades.flatMap(({ upstream, downstream, reason }) =>
    index.serviceOf.has(upstream.name)
      ? downstream
          .filter((alert) => isHere(alert) && sectionKey(alert.runbook) !== sectionKey(upstream.runbook))
          .map(({ name }) => ({ upstream, name, reason }))
      : [],
  );
  const rows = [...groupBy(pairs, ({ upstream, reason }) => `${upstream.name} ${reason}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { upstream, reason } = first;
    const names = group.map(({ name }) => `\`${name}\``).join(", ");
    return [[`\`${upstream.name}\`, and ${names}`, `${link(model, document, upstream)}: ${reason}`]];
  });
  return renderMarkdownTable([["Firing together", "Look first at"], ...rows]);
}

function link(model: Model, document: RunbookDocument, { runbook: { path, slug, title } }: Alert): string {
  const index = indexOf(model);
  const shown = headingOf(index.documents.get(path), slug)?.title ?? title;
  if (path === document.path) return `[${shown}](#${slug})`;
  const relative = posix.relative(posix.dirname(document.path), path);
  const service = index.services.get(path.split("/")[0] ?? "");
  return `[${service === undefined ? "" : `${service.alertPrefix} `}${shown}](${relative}#${slug})`;
}
