import type { LoadedDashboard, LoadedPanel, LoadedVariable } from "../../model/files/loaded";
import { customValues } from "../../model/dashboard-variables";
import { below, type At } from "../../model/files/place";
import { linksOf, lookOf } from "./dashboard-parts";
import { readV2Dashboard } from "./dashboard-v2";
import type { Document } from "./documents";
import { fieldsOf } from "./panel-fields";
import { annotationsOf, datasourceOf, readTarget, type Context } from "./dashboard-targets";
import { withAsked } from "./variable-query";
import { isMap, listOf, mapOf, textOf, textOr } from "./shape";

/** Whether a document is a dashboard: classic JSON (also wrapped as the API gives it), or the v2 schema. */
export function holdsDashboard({ value }: Document): boolean {
  const top = mapOf(value);
  const inner = mapOf(top["dashboard"]);
  return isClassic(top) || isClassic(inner) || isV2(top) || isV2(mapOf(top["spec"]));
}

function isClassic(map: Readonly<Record<string, unknown>>): boolean {
  return (Array.isArray(map["panels"]) || Array.isArray(map["rows"])) && typeof map["title"] === "string";
}

function isV2(map: Readonly<Record<string, unknown>>): boolean {
  return isMap(map["elements"]) && typeof map["title"] === "string";
}

/** A dashboard as Grafana takes it from a file: without what the API puts around it. */
export function unwrapDashboard({ value }: Document): unknown {
  const inner = mapOf(mapOf(value)["dashboard"]);
  return isClassic(inner) || isV2(inner) ? inner : value;
}

/** Reads a dashboard. */
export function readDashboardFile(file: string, { value, at }: Document): LoadedDashboard {
  const top = mapOf(value);
  if (isV2(top)) return readV2Dashboard(file, top, { at, uid: "" });
  if (isV2(mapOf(top["spec"])))
    return readV2Dashboard(file, mapOf(top["spec"]), { at: below(at, "spec"), uid: textOr(mapOf(top["metadata"])["name"]) });
  return isClassic(top) ? readClassic(file, top, at) : readClassic(file, mapOf(top["dashboard"]), below(at, "dashboard"));
}

function readClassic(file: string, top: Readonly<Record<string, unknown>>, at: At): LoadedDashboard {
  const title = textOr(top["title"]);
  const items = listOf(mapOf(top["templating"])["list"]);
  const datasources = new Map(items.map((item) => [textOr(mapOf(item)["name"]), mapOf(item)]));
  const inputs = readInputs(top, { file, name: title, at });
  const listed = items.map((item, index) => ({
    ...readVariable(item),
    subject: { file, name: title, at: below(at, "templating", "list", index, "name") },
  }));
  const known = [...listed, ...inputs];
  const variables = known.map((variable, index) => {
    const datasource = datasourceOf(mapOf(items[index])["datasource"], { datasources }) ?? "unknown";
    return withAsked(variable, { variables: known, datasource });
  });
  const context = { file, uid: textOr(top["uid"]) || title, variables, datasources };
  const subject = { file, name: textOr(top["uid"]) || title, at };
  return {
    uid: textOr(top["uid"]),
    title,
    description: textOr(top["description"]),
    variables,
    panels: [...placedPanels(top, at), ...panelsOfRows(top, at)].map((placed) => readPanel(placed, context)),
    rows: rowsOf(top, { file, name: subject.name, at }),
    annotations: annotationsOf(top, at, context),
    links: linksOf(top["links"], below(at, "links"), { file, name: title }),
    subject,
  };
}

interface Place {
  readonly file: string;
  readonly name: string;
  readonly at: At;
}

/** What an exported dashboard lets whoever imports it choose: `${DS_PROMETHEUS}`, `${VAR_CLUSTER}`. */
function readInputs(top: Readonly<Record<string, unknown>>, { at, ...place }: Place): readonly LoadedVariable[] {
  return listOf(top["__inputs"]).map((item, index) => {
    const { name, label } = mapOf(item);
    const subject = { ...place, at: below(at, "__inputs", index, "name") };
    return {
      name: textOr(name),
      type: "input",
      label: textOr(label),
      isMulti: false,
      hasAll: false,
      allValue: "",
      values: undefined,
      query: "",
      subject,
    };
  });
}

/** Those among the panels, and those of dashboards from before Grafana 5. */
function rowsOf(top: Readonly<Record<string, unknown>>, { at, ...place }: Place): LoadedDashboard["rows"] {
  return ["panels", "rows"].flatMap((key) =>
    listOf(top[key]).flatMap((item, index) => {
      const { type, title, repeat } = mapOf(item);
      if (key === "panels" && type !== "row") return [];
      return [{ title: textOr(title), repeat: textOr(repeat), subject: { ...place, at: below(at, key, index) } }];
    }),
  );
}

interface PlacedPanel {
  readonly panel: Readonly<Record<string, unknown>>;
  readonly at: At;
  readonly row: string;
}

/** In reading order: a closed row holds its panels, those of an open one stand behind it. */
function placedPanels(top: Readonly<Record<string, unknown>>, at: At): readonly PlacedPanel[] {
  let row = "";
  return listOf(top["panels"]).flatMap((item, index): readonly PlacedPanel[] => {
    const panel = mapOf(item);
    const here = below(at, "panels", index);
    if (panel["type"] !== "row") return [{ panel, at: here, row }];
    row = textOr(panel["title"]);
    const title = row;
    return listOf(panel["panels"]).map((inner, number) => ({
      panel: mapOf(inner),
      at: below(here, "panels", number),
      row: title,
    }));
  });
}

/** Those of dashboards from before Grafana 5. */
function panelsOfRows(top: Readonly<Record<string, unknown>>, at: At): readonly PlacedPanel[] {
  return listOf(top["rows"]).flatMap((row, number) =>
    listOf(mapOf(row)["panels"]).map((panel, index) => ({
      panel: mapOf(panel),
      at: below(at, "rows", number, "panels", index),
      row: textOr(mapOf(row)["title"]),
    })),
  );
}

function readPanel({ panel, at, row }: PlacedPanel, context: Context): LoadedPanel {
  const title = textOr(panel["title"]);
  const id = typeof panel["id"] === "number" ? panel["id"] : undefined;
  const name = `${context.uid}/${title || (id ?? "?")}`;
  const defaults = mapOf(mapOf(panel["fieldConfig"])["defaults"]);
  const links = [
    ...linksOf(panel["links"], below(at, "links"), { file: context.file, name }),
    ...linksOf(defaults["links"], below(at, "fieldConfig", "defaults", "links"), { file: context.file, name }),
  ];
  return {
    id,
    title,
    description: textOr(panel["description"]),
    type: textOr(panel["type"]),
    unit: textOr(defaults["unit"]),
    row,
    repeat: repeatOf(panel),
    ...lookOf(defaults),
    targets: listOf(panel["targets"]).flatMap((target, index) =>
      readTarget(mapOf(target), { at: below(at, "targets", index), panel, name, context }),
    ),
    fields: fieldsOf({
      transformations: { value: panel["transformations"], at: below(at, "transformations") },
      overrides: { value: mapOf(panel["fieldConfig"])["overrides"], at: below(at, "fieldConfig", "overrides") },
      named: { file: context.file, name },
    }),
    isLibrary: isMap(panel["libraryPanel"]),
    links,
    subject: { file: context.file, name, at },
  };
}

/** Of a copy that Grafana has saved with the panel it repeats, the variable is what it has a value of. */
function repeatOf({ repeat, repeatPanelId, scopedVars }: Readonly<Record<string, unknown>>): string {
  const copied =
    typeof repeatPanelId === "number" ? Object.keys(mapOf(scopedVars)).find((name) => !name.startsWith("__")) : undefined;
  return textOr(repeat) || (copied ?? "");
}

function readVariable(item: unknown): Omit<LoadedVariable, "subject"> {
  const { name, type, label, multi, includeAll, allValue, hide, query, options } = mapOf(item);
  const listed = listOf(options)
    .map((option) => textOr(mapOf(option)["value"]))
    .filter((value) => value !== "$__all" && value !== "");
  const typed = typeof query === "string" && query !== "" ? customValues(query) : listed;
  return {
    name: textOr(name),
    type: textOr(type),
    label: textOr(label),
    isMulti: multi === true,
    hasAll: includeAll === true && hide !== 2, // of what is hidden, nobody chooses
    allValue: textOr(allValue),
    values: type === "custom" ? typed : undefined,
    query: textOf(query) ?? textOr(mapOf(query)["query"]),
  };
}
