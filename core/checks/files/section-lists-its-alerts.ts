import { htmlAnchors, runbookLink } from "../../model/files/runbook-link";
import type { LoadedRule } from "../../model/files/loaded";
import { groupBy } from "../../model/group-by";
import { indexOf } from "../../model/model";
import type { Heading, RunbookDocument } from "../../model/runbook";
import { headingOf, runbookSubject } from "../../model/section-content";
import { problem, type Check, type Problem } from "../check";

/** A line of a section that says which alerts lead to it: "**Alerts:** `A`, `B`". */
const listing =
  /^\s*(?:[-*]\s+|\|\s*)?(?:\*\*|__)?(?:firing |related |linked )?alerts?(?: names?)?(?:\*\*|__)?\s*[:|](?:\*\*|__)?\s*(.*)$/i;

/** What a section says of its alerts, and what alerts say of their section, is the same. */
export const sectionListsItsAlerts: Check = {
  id: "section-lists-its-alerts",
  description: "Where a section lists its alerts, these are the ones that lead to it.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files) return [];
    const alerts = files.rules.filter(({ kind }) => kind === "alert");
    const linked = alerts.flatMap((alert) => {
      const link = runbookLink(alert, files);
      return link ? [{ alert, ...link, key: `${link.path}#${link.slug}` }] : [];
    });
    const bySection = groupBy(linked, ({ key }) => key);
    // Of a link that leads nowhere, anchor-exists tells.
    const { documents } = indexOf(model);
    const leadsSomewhere = (document: RunbookDocument | undefined, slug: string): boolean =>
      document !== undefined && (headingOf(document, slug) !== undefined || htmlAnchors(document).includes(slug));
    const elsewhere = linked.filter(({ path, slug }) => leadsSomewhere(documents.get(path), slug)).map(({ alert }) => alert);
    const names = new Set(alerts.map(({ name }) => name));
    return model.runbooks.flatMap((document) =>
      listingsOf(document).flatMap((list) => {
        const here = new Set((bySection.get(`${document.path}#${list.heading.slug}`) ?? []).map(({ alert }) => alert.name));
        const listed = list.names.filter((name) => names.has(name));
        return [
          ...notLinked(
            document,
            list,
            listed.filter((name) => !here.has(name)),
            elsewhere,
          ),
          ...notListed(
            document,
            list,
            [...here].filter((name) => !list.names.includes(name)),
          ),
        ];
      }),
    );
  },
};

interface Listing {
  readonly heading: Heading;
  readonly line: number;
  readonly names: readonly string[];
}

function listingsOf(document: RunbookDocument): readonly Listing[] {
  const lines = document.text.split("\n");
  return lines.flatMap((text, index): readonly Listing[] => {
    const found = listing.exec(text)?.[1];
    const names = [...(found ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    const heading = document.headings.findLast(({ line }) => line <= index + 1);
    return found === undefined || names.length === 0 || !heading ? [] : [{ heading, line: index + 1, names }];
  });
}

/** A section may speak of an alert that leads nowhere, but not of one that leads elsewhere as of its own. */
function notLinked(
  document: RunbookDocument,
  { heading, line }: Listing,
  names: readonly string[],
  linked: readonly LoadedRule[],
): readonly Problem[] {
  return names
    .filter((name) => linked.some((alert) => alert.name === name))
    .map((name) =>
      problem(
        runbookSubject(document, line),
        `lists "${name}" under "${heading.title}", but that alert leads to another section. Correct its runbook_url, or take it off the list.`,
      ),
    );
}

function notListed(document: RunbookDocument, { heading, line }: Listing, names: readonly string[]): readonly Problem[] {
  return names
    .filter(() => headingOf(document, heading.slug) !== undefined)
    .map((name) =>
      problem(
        runbookSubject(document, line),
        `lists the alerts of "${heading.title}" without "${name}", which leads there. Add it.`,
      ),
    );
}
