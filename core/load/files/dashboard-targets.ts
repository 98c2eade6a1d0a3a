import type { LoadedTarget } from "../../model/files/loaded";
import { below, type At } from "../../model/files/place";
import { kindOfDatasource, targetOf } from "./dashboard-parts";
import type { Variable } from "../../model/without-variables";
import { isMap, listOf, mapOf, textOf, textOr } from "./shape";

/** What a dashboard knows that its queries need. */
export interface Context {
  readonly file: string;
  readonly uid: string;
  readonly variables: readonly Variable[];
  readonly datasources: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** Where a query stands, and of what. */
export interface TargetPlace {
  readonly at: At;
  readonly panel: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly context: Context;
}

/** What a target asks for, or an annotation. */
export function readTarget(
  target: Readonly<Record<string, unknown>>,
  { at, panel, name, context }: TargetPlace,
): readonly LoadedTarget[] {
  const key = target["rawSql"] === undefined ? "expr" : "rawSql";
  const expr = textOf(target[key]);
  if (expr === undefined || expr.trim() === "") return [];
  const datasource =
    key === "rawSql"
      ? "other"
      : (datasourceOf(target["datasource"], context) ?? datasourceOf(panel["datasource"], context) ?? "unknown");
  return [
    targetOf({
      expr,
      legend: textOr(target["legendFormat"]),
      datasource,
      ...datasourceUid(target["datasource"] ?? panel["datasource"]),
      ...datasourceVariable(target["datasource"] ?? panel["datasource"]),
      variables: context.variables,
      subject: { file: context.file, name, at: below(at, key) },
    }),
  ];
}

/** What annotations ask for: their queries stand in themselves, or in a target. */
export function annotationsOf(top: Readonly<Record<string, unknown>>, at: At, context: Context): readonly LoadedTarget[] {
  return listOf(mapOf(top["annotations"])["list"]).flatMap((item, index) => {
    const annotation = mapOf(item);
    const here = below(at, "annotations", "list", index);
    const place = { panel: annotation, name: `${context.uid}/${textOr(annotation["name"])}`, context };
    const [target, where] = isMap(annotation["target"])
      ? [mapOf(annotation["target"]), below(here, "target")]
      : [annotation, here];
    const legend = [annotation["titleFormat"], annotation["textFormat"]].map(textOr).join(" ");
    return readTarget({ ...target, legendFormat: legend }, { ...place, at: where });
  });
}

/** The kind of a data source by its type; by its name alone it cannot be told. */
export function datasourceOf(
  source: unknown,
  { datasources }: Pick<Context, "datasources">,
): LoadedTarget["datasource"] | undefined {
  if (source === undefined || source === null) return undefined;
  const { type, uid } = mapOf(source);
  const named = /^\$\{?(\w+)\}?$/.exec(textOf(source) ?? textOr(uid))?.[1];
  const kind = textOr(type) || (named === undefined ? "" : textOr(datasources.get(named)?.["query"]));
  return kindOfDatasource(kind);
}

/** Grafana's own begin with two dashes; a variable's name is none. */
function datasourceUid(source: unknown): { readonly datasourceUid?: string } {
  const uid = textOr(mapOf(source)["uid"]);
  return uid === "" || uid.includes("$") || uid.startsWith("-- ") || uid.includes("{{") ? {} : { datasourceUid: uid };
}

function datasourceVariable(source: unknown): { readonly datasourceVariable?: string } {
  const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(textOf(source) ?? textOr(mapOf(source)["uid"]));
  return name ? { datasourceVariable: name[1] ?? name[2] ?? "" } : {};
}
