import type { Change } from "../../core/model/change";
import type { Deployed, DeployedAlert, DeployedPanel } from "../../core/model/deployed";
import { groupBy } from "../../core/model/group-by";
import { addressOf, type Address } from "../../core/site/address";
import type { ComparedPart, Comparison } from "../../core/site/comparison";
import type { Snapshot } from "./compare";

/** The things that change, each whole, as it was and as it is: a reviewer sees what stays as well. */
export function comparisonsOf(before: Snapshot, after: Snapshot, changes: readonly Change[]): readonly Comparison[] {
  return [...groupBy(changes, ({ kind, name, key }) => JSON.stringify([kind, name, key])).values()].flatMap((made) => {
    const [first] = made;
    if (!first) return [];
    const { kind, action, name, key = name } = first;
    // A panel that is called otherwise has the place that it had; an alert has the place of its name.
    const oldKey = kind === "alert" && action === "renamed" ? (first.before ?? key) : key;
    const was = action === "added" ? undefined : sideOf(first, oldKey, before.deployed);
    const now = action === "removed" ? undefined : sideOf(first, key, after.deployed);
    const comparison: Comparison = {
      ...{ kind, action, name, notes: made.flatMap(({ note }) => note ?? []) },
      ...(was?.address && { before: was.address }),
      ...(now?.address && { after: now.address }),
      parts: was || now ? joinSides(was?.parts ?? [], now?.parts ?? []) : made.map(plainPart),
    };
    return [comparison];
  });
}

/** A thing on one side: its page, and its parts. */
interface Side {
  readonly address: Address | undefined;
  readonly parts: readonly Part[];
}

type Part =
  | { readonly what: string; readonly form: "words" | "promql" | "lines"; readonly text: string }
  | { readonly what: string; readonly form: "bounds"; readonly unit: string; readonly bounds: DeployedPanel["bounds"] };

/** Undefined for things that have no more to tell than what changes about them. */
function sideOf({ kind, name }: Change, key: string, deployed: Deployed): Side | undefined {
  switch (kind) {
    case "alert": {
      const alert = deployed.alerts.get(key);
      return alert && { address: addressOf.alert({ name: key }), parts: alertParts(alert, deployed) };
    }
    case "runbook section": {
      const section = deployed.sections.get(key);
      const [path = "", slug = ""] = key.split("#", 2);
      const parts: readonly Part[] = section
        ? [words("title", section.title), { what: "text", form: "lines", text: section.text }]
        : [];
      return section && { address: addressOf.section({ path, slug }), parts };
    }
    case "panel": {
      const panel = deployed.panels.get(key);
      const [uid = "", number = ""] = key.split("/", 2);
      return panel && { address: addressOf.panelNumbered(uid, number), parts: panelParts(panel) };
    }
    case "dashboard": {
      const dashboard = deployed.dashboards.get(key);
      const lines = (what: string, some: readonly string[]): Part => ({ what, form: "lines", text: some.join("\n") });
      return (
        dashboard && {
          address: addressOf.dashboard({ uid: key }),
          parts: [words("title", dashboard.title), lines("rows", dashboard.rows), lines("choices", dashboard.choices)],
        }
      );
    }
    case "recording rule": {
      const expression = deployed.recordingRules.get(name);
      return expression === undefined ? undefined : { address: undefined, parts: [promql("query", expression)] };
    }
    default:
      return undefined;
  }
}

function alertParts(alert: DeployedAlert, { sections, panels }: Deployed): readonly Part[] {
  const panel = panels.get(alert.panel);
  return [
    words("summary", alert.summary),
    words("fires when", alert.condition),
    ...(panel ? [{ what: "threshold", form: "bounds", unit: panel.unit, bounds: panel.bounds } as const] : []),
    promql("expression", alert.expression),
    words("for", alert.for),
    words("severity", alert.severity),
    words("users notice", alert.impact),
    words("what to do", `${sections.get(alert.section)?.title ?? ""} (${alert.section})`),
    words("seen on", panel ? `${panel.dashboard} / ${panel.title}` : alert.panel),
  ];
}

function panelParts({ title, description, queries, unit, look, bounds }: DeployedPanel): readonly Part[] {
  return [
    words("title", title),
    words("description", description),
    promql("queries", queries.join("\n")),
    words("unit", unit),
    { what: "colors", form: "bounds", unit, bounds },
    { what: "look", form: "lines", text: JSON.stringify(JSON.parse(look), undefined, 1) },
  ];
}

function words(what: string, text: string): Part {
  return { what, form: "words", text };
}

function promql(what: string, text: string): Part {
  return { what, form: "promql", text };
}

/** Parts of one name side by side; what is empty on both sides is nothing. */
function joinSides(before: readonly Part[], after: readonly Part[]): readonly ComparedPart[] {
  const names = [...new Set([...after, ...before].map(({ what }) => what))];
  return names.flatMap((what): readonly ComparedPart[] => {
    const [was, now] = [before, after].map((side) => side.find((part) => part.what === what));
    const either = now ?? was;
    if (!either) return [];
    if (either.form === "bounds") {
      const bounds = (side: Part | undefined) => (side?.form === "bounds" ? side.bounds : undefined);
      const [left, right] = [bounds(was), bounds(now)];
      if ([left, right].every((side) => (side ?? []).length === 0)) return [];
      return [{ what, form: "bounds", unit: either.unit, ...(left && { before: left }), ...(right && { after: right }) }];
    }
    const text = (side: Part | undefined): string | undefined => (side && side.form !== "bounds" ? side.text : undefined);
    return textPart(what, either.form, text(was), text(now));
  });
}

function textPart(
  what: string,
  form: "words" | "promql" | "lines",
  before: string | undefined,
  after: string | undefined,
): readonly ComparedPart[] {
  if ((before ?? "") === "" && (after ?? "") === "") return [];
  return [{ what, form, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

function plainPart({ action, name, what, before, after }: Change): ComparedPart {
  const text = action === "changed" ? undefined : name;
  return {
    what: what ?? action,
    form: "words",
    ...(action === "added" ? {} : { before: before ?? text ?? "" }),
    ...(action === "removed" ? {} : { after: after ?? text ?? "" }),
  };
}
