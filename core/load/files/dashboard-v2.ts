import type { LoadedDashboard, LoadedPanel } from "../../model/files/loaded";
import { below, type At } from "../../model/files/place";
import { kindOfDatasource, linksOf, targetOf } from "./dashboard-parts";
import type { Variable } from "./grafana-variables";
import { listOf, mapOf, textOf, textOr } from "./shape";

type Map = Readonly<Record<string, unknown>>;

/** Reads a dashboard of the v2 schema, as its `spec` has it: elements, layouts and variables with a `kind`. */
export function readV2Dashboard(
  file: string,
  spec: Map,
  { at, uid }: { readonly at: At; readonly uid: string },
): LoadedDashboard {
  const title = textOr(spec["title"]);
  const variables = listOf(spec["variables"]).map((item, index) => ({
    ...readVariable(item),
    subject: { file, name: title, at: below(at, "variables", index, "spec", "name") },
  }));
  const context = { file, uid: uid || title, variables };
  return {
    uid,
    title,
    variables,
    panels: Object.entries(mapOf(spec["elements"])).map(([key, element]) =>
      readElement(mapOf(element), below(at, "elements", key), context),
    ),
    links: linksOf(spec["links"], below(at, "links"), { file, name: title }),
    subject: { file, name: uid || title, at },
  };
}

interface Context {
  readonly file: string;
  readonly uid: string;
  readonly variables: readonly Variable[];
}

function readElement(element: Map, at: At, { file, uid, variables }: Context): LoadedPanel {
  const spec = mapOf(element["spec"]);
  const here = below(at, "spec");
  const title = textOr(spec["title"]);
  const name = `${uid}/${title}`;
  const viz = mapOf(spec["vizConfig"]);
  const vizSpec = mapOf(viz["spec"]);
  const data = mapOf(mapOf(spec["data"])["spec"]);
  return {
    id: typeof spec["id"] === "number" ? spec["id"] : undefined,
    title,
    description: textOr(spec["description"]),
    type: textOr(viz["group"]) || textOr(viz["kind"]),
    unit: textOr(mapOf(mapOf(vizSpec["fieldConfig"])["defaults"])["unit"]),
    targets: listOf(data["queries"]).flatMap((query, index) => {
      const querySpec = mapOf(mapOf(query)["spec"]);
      const inner = mapOf(querySpec["query"]);
      const asked = mapOf(inner["spec"]);
      const expr = textOf(asked["expr"]);
      if (expr === undefined || expr.trim() === "") return [];
      const kind =
        textOr(inner["group"]) ||
        (inner["kind"] === "DataQuery" ? "" : textOr(inner["kind"])) ||
        textOr(mapOf(querySpec["datasource"])["type"]);
      const place = below(here, "data", "spec", "queries", index, "spec", "query", "spec", "expr");
      return [
        targetOf({
          expr,
          legend: textOr(asked["legendFormat"]),
          datasource: kindOfDatasource(kind) ?? "unknown",
          variables,
          subject: { file, name, at: place },
        }),
      ];
    }),
    isLibrary: element["kind"] === "LibraryPanel",
    links: linksOf(spec["links"], below(here, "links"), { file, name }),
    subject: { file, name, at },
  };
}

function readVariable(item: unknown): Variable {
  const { kind, spec } = mapOf(item);
  const { name, query } = mapOf(spec);
  return {
    name: textOr(name),
    values:
      kind === "CustomVariable"
        ? textOr(query)
            .split(",")
            .map((value) => value.trim())
        : undefined,
  };
}
