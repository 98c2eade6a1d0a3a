import type { Deployed, DeployedPanel, DeployedSection } from "../../core/model/deployed";
import type { Change } from "../../core/model/change";
import { compareNamed, differing } from "./compare-named";
import { compareAlerts } from "./compare-alerts";
import { compareObjectives } from "./compare-objectives";

/** A deployment as it is compared: what lies in its folder, and what the stack says of itself. */
export interface Snapshot {
  readonly deployed: Deployed;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Everything that differs by meaning between two deployments, what matters most first. */
export function compare(before: Snapshot, after: Snapshot): readonly Change[] {
  const [was, now] = [before.deployed, after.deployed];
  return [
    ...compareAlerts(was, now),
    ...compareSections(was, now),
    ...compareInhibitions(was.inhibitions, now.inhibitions),
    ...compareNamed("receiver", { before: was.receivers, after: now.receivers }, { changed: (a, b) => differing("how", a, b) }),
    ...compareObjectives(before.outputs, after.outputs),
    ...compareNamed(
      "recording rule",
      { before: was.recordingRules, after: now.recordingRules },
      { changed: (a, b) => differing("query", a, b) },
    ),
    ...compareNamed(
      "dashboard",
      { before: was.dashboards, after: now.dashboards },
      {
        changed: (a, b) => [
          ...differing("title", a.title, b.title),
          ...differing("rows", a.rows.join(", "), b.rows.join(", ")),
          ...differing("choices", a.choices.join(", "), b.choices.join(", ")),
        ],
      },
    ),
    ...comparePanels(was.panels, now.panels),
  ];
}

function compareSections(before: Deployed, after: Deployed): readonly Change[] {
  return compareNamed<DeployedSection>(
    "runbook section",
    { before: before.sections, after: after.sections },
    {
      removed: (key) => pointedThere(key, before, after),
      changed: (was, now) => [...differing("title", was.title, now.title), ...(was.text === now.text ? [] : [{ what: "text" }])],
    },
  );
}

/** The alerts that led to a section which is gone, and where they lead now. */
function pointedThere(section: string, before: Deployed, after: Deployed): Partial<Change> {
  const alerts = [...before.alerts].filter(([, alert]) => alert.section === section).map(([name]) => name);
  if (alerts.length === 0) return {};
  const moved = alerts.map((name) => {
    const now = after.alerts.get(name);
    return now === undefined ? `${name} (gone too)` : `${name} (now ${now.section})`;
  });
  return { note: `Led there: ${moved.join(", ")}.` };
}

function compareInhibitions(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly Change[] {
  const named = (set: ReadonlySet<string>): ReadonlyMap<string, true> => new Map([...set].map((sentence) => [sentence, true]));
  return compareNamed("inhibition", { before: named(before), after: named(after) }, { changed: () => [] });
}

function comparePanels(before: Deployed["panels"], after: Deployed["panels"]): readonly Change[] {
  return compareNamed<DeployedPanel>(
    "panel",
    { before, after },
    {
      nameOf: (_, { dashboard, title }) => `${dashboard} / ${title}`,
      changed: (was, now) => [
        ...(was.title === now.title ? [] : [{ action: "renamed" as const, before: was.title, after: now.title }]),
        ...differing("query", was.queries.join("\n"), now.queries.join("\n")),
        ...differing("unit", was.unit, now.unit),
        ...differing("description", was.description, now.description),
        ...(was.look === now.look ? [] : [{ what: "look" }]),
      ],
    },
  );
}
