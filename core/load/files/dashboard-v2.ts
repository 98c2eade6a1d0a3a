import type { LoadedDashboard, LoadedPanel, LoadedTarget, LoadedVariable } from "../../model/files/loaded";
import { customValues } from "../../model/dashboard-variables";
import { below, type At } from "../../model/files/place";
import { kindOfDatasource, linksOf, lookOf, targetOf } from "./dashboard-parts";
import type { Variable } from "../../model/without-variables";
import { fieldsOf } from "./panel-fields";
import { withAsked } from "./variable-query";
import { listOf, mapOf, textOf, textOr } from "./shape";

type Map = Readonly<Record<string, unknown>>;

/** Reads a dashboard of the v2 schema, as its `spec` has it: elements, layouts and variables with a `kind`. */
export function readV2Dashboard(
  file: string,
  spec: Map,
  { at, uid }: { readonly at: At; readonly uid: string },
): LoadedDashboard {
  const title = textOr(spec["title"]);
  const items = listOf(spec["variables"]);
  const known = items.map((item, index) => ({
    ...readVariable(item),
    subject: { file, name: title, at: below(at, "variables", index, "spec", "name") },
  }));
  const variables = known.map((variable, index) => {
    const { query, datasource } = mapOf(mapOf(items[index])["spec"]);
    const kind = textOr(mapOf(query)["group"]) || textOr(mapOf(query)["kind"]) || textOr(mapOf(datasource)["type"]);
    return withAsked(variable, { variables: known, datasource: kindOfDatasource(kind === "DataQuery" ? "" : kind) ?? "unknown" });
  });
  const context = { file, uid: uid || title, variables };
  const rows = new Map(rowsOf(mapOf(spec["layout"])));
  const repeats = new Map(
    itemsOf(mapOf(spec["layout"])).map(({ element, repeat }) => [textOr(mapOf(element)["name"]), textOr(mapOf(repeat)["value"])]),
  );
  return {
    uid,
    title,
    description: textOr(spec["description"]),
    variables,
    panels: Object.entries(mapOf(spec["elements"])).map(([key, element]) =>
      readElement(mapOf(element), below(at, "elements", key), {
        ...context,
        row: rows.get(key) ?? "",
        repeat: repeats.get(key) ?? "",
      }),
    ),
    rows: listOf(mapOf(mapOf(spec["layout"])["spec"])["rows"]).map((row, index) => {
      const { title: words, repeat } = mapOf(mapOf(row)["spec"]);
      const here = below(at, "layout", "spec", "rows", index, "spec");
      return { title: textOr(words), repeat: textOr(mapOf(repeat)["value"]), subject: { file, name: uid || title, at: here } };
    }),
    annotations: listOf(spec["annotations"]).flatMap((item, index) => {
      const annotation = mapOf(mapOf(item)["spec"]);
      const place = below(at, "annotations", index, "spec", "query", "spec", "expr");
      const named = { file, name: `${context.uid}/${textOr(annotation["name"])}`, at: place };
      return readQuery(mapOf(annotation["query"]), {
        variables,
        legend: "",
        datasource: annotation["datasource"],
        subject: named,
      });
    }),
    links: linksOf(spec["links"], below(at, "links"), { file, name: title }),
    subject: { file, name: uid || title, at },
  };
}

/** The items of a layout, those of its rows among them. */
function itemsOf({ kind, spec }: Map): readonly Map[] {
  if (kind === "RowsLayout")
    return listOf(mapOf(spec)["rows"]).flatMap((row) => itemsOf(mapOf(mapOf(mapOf(row)["spec"])["layout"])));
  return listOf(mapOf(spec)["items"]).map((item) => mapOf(mapOf(item)["spec"]));
}

/** Elements by the title of their row, where the layout has rows. */
function rowsOf({ kind, spec }: Map): readonly (readonly [element: string, row: string])[] {
  if (kind !== "RowsLayout") return [];
  return listOf(mapOf(spec)["rows"]).flatMap((row) => {
    const { title, layout } = mapOf(mapOf(row)["spec"]);
    return listOf(mapOf(mapOf(layout)["spec"])["items"]).map(
      (item) => [textOr(mapOf(mapOf(mapOf(item)["spec"])["element"])["name"]), textOr(title)] as const,
    );
  });
}

interface Context {
  readonly file: string;
  readonly uid: string;
  readonly variables: readonly Variable[];
}

type Placed = Pick<LoadedPanel, "row" | "repeat">;

function readElement(element: Map, at: At, { file, uid, variables, row, repeat }: Context & Placed): LoadedPanel {
  const spec = mapOf(element["spec"]);
  const here = below(at, "spec");
  const title = textOr(spec["title"]);
  const name = `${uid}/${title}`;
  const viz = mapOf(spec["vizConfig"]);
  const vizSpec = mapOf(viz["spec"]);
  const defaults = mapOf(mapOf(vizSpec["fieldConfig"])["defaults"]);
  const data = mapOf(mapOf(spec["data"])["spec"]);
  return {
    id: typeof spec["id"] === "number" ? spec["id"] : undefined,
    title,
    description: textOr(spec["description"]),
    type: textOr(viz["group"]) || textOr(viz["kind"]),
    unit: textOr(defaults["unit"]),
    row,
    repeat,
    ...lookOf(defaults),
    targets: listOf(data["queries"]).flatMap((query, index) => {
      const querySpec = mapOf(mapOf(query)["spec"]);
      const inner = mapOf(querySpec["query"]);
      const place = below(here, "data", "spec", "queries", index, "spec", "query", "spec", "expr");
      const legend = textOr(mapOf(inner["spec"])["legendFormat"]);
      return readQuery(inner, { variables, legend, datasource: querySpec["datasource"], subject: { file, name, at: place } });
    }),
    fields: fieldsOf({
      transformations: { value: data["transformations"], at: below(here, "data", "spec", "transformations") },
      overrides: {
        value: mapOf(vizSpec["fieldConfig"])["overrides"],
        at: below(here, "vizConfig", "spec", "fieldConfig", "overrides"),
      },
      named: { file, name },
    }),
    isLibrary: element["kind"] === "LibraryPanel",
    links: linksOf(spec["links"], below(here, "links"), { file, name }),
    subject: { file, name, at },
  };
}

interface QueryPlace extends Pick<LoadedTarget, "legend" | "subject"> {
  readonly variables: readonly Variable[];
  readonly datasource: unknown;
}

/** A query names its data source in its group, or its kind; older ones beside it. */
function readQuery(query: Map, { variables, datasource, ...rest }: QueryPlace): readonly LoadedTarget[] {
  const expr = textOf(mapOf(query["spec"])["expr"]);
  if (expr === undefined || expr.trim() === "") return [];
  const kind =
    textOr(query["group"]) || (query["kind"] === "DataQuery" ? "" : textOr(query["kind"])) || textOr(mapOf(datasource)["type"]);
  return [targetOf({ expr, datasource: kindOfDatasource(kind) ?? "unknown", variables, ...rest })];
}

function readVariable(item: unknown): Omit<LoadedVariable, "subject"> {
  const { kind, spec } = mapOf(item);
  const { name, label, multi, includeAll, allValue, hide, query, definition } = mapOf(spec);
  return {
    name: textOr(name),
    type: textOr(kind)
      .replace(/Variable$/, "")
      .toLowerCase(),
    label: textOr(label),
    isMulti: multi === true,
    hasAll: includeAll === true && hide !== "hideVariable",
    allValue: textOr(allValue),
    query: textOf(query) ?? (textOr(mapOf(mapOf(query)["spec"])["query"]) || textOr(definition)),
    values: kind === "CustomVariable" ? customValues(textOr(query)) : undefined,
  };
}
