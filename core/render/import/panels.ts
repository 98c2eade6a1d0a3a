import type { LoadedDashboard, LoadedPanel, LoadedTarget } from "../../model/files/loaded";
import { panel, panelNumber, type Panel } from "../../model/panel";
import { toFill } from "../../model/to-fill";
import { measureCode } from "./measure-code";
import type { MeasureCode } from "./measure-shapes";
import type { Decision } from "./metrics";
import { lookOf, unitOf, type Look } from "./panel-look";
import { camelCase, kebabCase, Names } from "./names";
import type { References } from "./query-code";
import { inline, object, record, text, type Imports } from "./source";

/** A panel as it is declared, as a value and as code. */
export interface ImportedPanel {
  /** Its key among the panels of the service. */
  readonly key: string;
  readonly panel: Panel;
  readonly row: string;
  /** Uid of its dashboard. */
  readonly uid: string;
  readonly code: (imports: Imports) => string;
}

/** What the queries of a service are made of. */
export interface Vocabulary {
  readonly references: References;
  readonly recorded: ReadonlyMap<string, string>;
}

/** What several panels of a service share. */
export interface PanelNames extends Vocabulary {
  readonly keys: Names;
  readonly decisions: Decision[];
}

/** The panels of a dashboard, in its order. What cannot be drawn here is left out, and said. */
export function importPanels(dashboard: LoadedDashboard, shared: PanelNames): readonly ImportedPanel[] {
  const ids = new Names();
  return dashboard.panels.flatMap((loaded): readonly ImportedPanel[] => {
    const say = (message: string): void => void shared.decisions.push({ subject: loaded.subject, message });
    const targets = loaded.targets.filter(isAsked);
    const kind = loaded.isLibrary ? "a library panel" : `of the type "${loaded.type}"`;
    if (targets.length === 0) {
      say(`is ${kind} without a query of Prometheus, which no panel here can be: it was left out.`);
      return [];
    }
    if (targets.length < loaded.targets.length) say("also asks something else than Prometheus: that was left out.");
    return [importPanel(loaded, targets, { uid: dashboard.uid, ids, say, ...shared })];
  });
}

interface Context extends PanelNames {
  readonly uid: string;
  readonly ids: Names;
  readonly say: (message: string) => void;
}

function importPanel(loaded: LoadedPanel, targets: readonly LoadedTarget[], context: Context): ImportedPanel {
  const { title, row } = loaded;
  const { ids, say, keys, uid } = context;
  const unit = unitOf(loaded, say);
  const queries = named(targets).map(({ name, target: { expr, legend } }) => ({
    name,
    ...measureCode({ expr, unit, legend, ...context }),
  }));
  const units = new Set(queries.map(({ measure }) => measure.unit));
  // Without a unit in the file, each measure has its own; of several they must agree.
  const agreed =
    units.size < 2
      ? queries
      : named(targets).map(({ name, target: { expr, legend } }) => ({
          name,
          ...measureCode({ expr, unit: "short", legend, ...context }),
        }));
  if (unit === undefined && agreed[0] && agreed[0].measure.unit !== "short")
    say(`has no unit, and gets that of what it measures: ${agreed[0].measure.unit}.`);
  const id = ids.give(kebabCase(title, "panel"), "-");
  const said = {
    ...(loaded.id !== undefined && loaded.id !== panelNumber(id) && { number: loaded.id }),
    title: title === "" ? toFill("its title") : title,
    description: describe(loaded.description),
    ...lookOf(loaded, say),
  };
  return drawnPanel(id, said, { key: keys.give(camelCase(title, "panel")), row, uid, queries: agreed });
}

type Said = Pick<Panel, "number" | "title" | "description"> & Look;

type NamedMeasure = MeasureCode & { readonly name: string };

/** A panel of measures, as a value and as code. */
export function drawnPanel(
  id: string,
  said: Said,
  { queries, ...place }: Pick<ImportedPanel, "key" | "row" | "uid"> & { readonly queries: readonly NamedMeasure[] },
): ImportedPanel {
  const [only] = queries;
  const measures = Object.fromEntries(queries.map(({ name, measure }) => [name, measure]));
  const drawn = only && queries.length === 1 ? panel(id, { ...said, of: only.measure }) : panel(id, { ...said, of: measures });
  return { ...place, panel: drawn, code: codeOf(id, said, queries) };
}

function codeOf(
  id: string,
  { number, title, description, view, stacked, badBelow }: Said,
  queries: readonly NamedMeasure[],
): ImportedPanel["code"] {
  const [only, ...others] = queries;
  return (imports) =>
    `${imports.use("panel")}(${text(id)}, ${object({
      number: number === undefined ? undefined : String(number),
      title: text(title),
      description: text(description),
      view: view === undefined ? undefined : text(view),
      stacked: stacked === undefined ? undefined : "true",
      badBelow:
        badBelow &&
        inline({ red: String(badBelow.red), orange: badBelow.orange === undefined ? undefined : String(badBelow.orange) }),
      of: only && others.length === 0 ? only.code(imports) : record(queries.map(({ name, code }) => [name, code(imports)])),
    })})`;
}

function isAsked({ datasource, query, expr }: LoadedTarget): boolean {
  return query !== undefined || (datasource === "prometheus" && expr !== "");
}

/** Queries by the words of their legends, else by letters as Grafana names them. */
function named(targets: readonly LoadedTarget[]): readonly { readonly name: string; readonly target: LoadedTarget }[] {
  const names = new Names();
  return targets.map((target, index) => ({
    name: names.give(camelCase(target.legend.replace(/\{\{.*?\}\}/g, ""), String.fromCharCode(97 + (index % 26)))),
    target,
  }));
}

/** What this program writes behind a description itself is left out. */
function describe(description: string): string {
  const own = description.split(/\n\n(?:Alerts on this panel:|Not narrowed )/)[0] ?? "";
  return own === "" ? toFill("what it shows, in whole sentences") : own;
}
