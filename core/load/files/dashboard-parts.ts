import type { LoadedPanel, LoadedTarget } from "../../model/files/loaded";
import { below, type At } from "../../model/files/place";
import { isLogQl } from "../../model/files/logql";
import { withoutVariables, type Variable } from "../../model/without-variables";
import { listOf, mapOf, textOf, textOr } from "./shape";

/** A target with its query as Prometheus could see it. */
export function targetOf({
  variables,
  ...target
}: Omit<LoadedTarget, "query"> & { readonly variables: readonly Variable[] }): LoadedTarget {
  const isAsked = (target.datasource === "prometheus" || target.datasource === "unknown") && !isLogQl(target.expr);
  const query = isAsked ? withoutVariables(target.expr, variables) : undefined;
  return { ...target, ...(query !== undefined && { query }) };
}

/** What the type of a data source says of its queries. */
export function kindOfDatasource(type: string): LoadedTarget["datasource"] | undefined {
  if (type === "" || type === "datasource" || type.startsWith("$")) return undefined;
  return type === "prometheus" || type.includes("prometheus") ? "prometheus" : type === "loki" ? "loki" : "other";
}

/** The addresses of a list of links. */
export function linksOf(links: unknown, at: At, named: { readonly file: string; readonly name: string }): LoadedPanel["links"] {
  return listOf(links).flatMap((link, index) => {
    const url = textOr(mapOf(link)["url"]);
    return url === "" ? [] : [{ url, subject: { ...named, at: below(at, index, "url") } }];
  });
}

/** How a panel draws its numbers, as far as it means something: from its field defaults. */
export function lookOf(defaults: Readonly<Record<string, unknown>>): Pick<LoadedPanel, "isStacked" | "steps" | "mappings"> {
  const mode = textOr(mapOf(mapOf(defaults["custom"])["stacking"])["mode"]);
  return {
    isStacked: mode === "normal" || mode === "percent",
    steps: listOf(mapOf(defaults["thresholds"])["steps"]).map((step) => {
      const { value, color } = mapOf(step);
      return { from: typeof value === "number" ? value : -Infinity, color: textOr(color) };
    }),
    mappings: listOf(defaults["mappings"]).flatMap((mapping) =>
      Object.values(mapOf(mapOf(mapping)["options"])).flatMap((option) => textOf(mapOf(option)["text"]) ?? []),
    ),
  };
}
