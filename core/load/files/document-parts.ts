import { isLogQl } from "../../model/files/logql";
import { below } from "../../model/files/place";
import { readJsonDocument, readYamlDocuments, type Document } from "./documents";
import { withoutLists } from "./manifests";
import { holdsRules } from "./rules";
import { listOf, mapOf, textOr, textsOf } from "./shape";

/** A document with those that are in it: the items of a List, and rule files and dashboards that lie in a ConfigMap as texts. */
export function partsOf(document: Document): readonly Document[] {
  return withoutLists(document).flatMap((one) => [one, ...withinConfigMap(one)]);
}

/** Whether a document holds rules of Prometheus; those of Loki stand in files of the same form. */
export function holdsPrometheusRules(document: Document): boolean {
  return holdsRules(document) && !holdsLogRules(document);
}

function withinConfigMap({ value, at }: Document): readonly Document[] {
  const { kind, data } = mapOf(value);
  if (kind !== "ConfigMap" || at.within) return [];
  return Object.entries(textsOf(data)).flatMap(([key, text]) => {
    if (!/\.(ya?ml|rules|json)$/.test(key)) return [];
    const format = key.endsWith(".json") ? "json" : "yaml";
    const inner = format === "json" ? readJsonDocument(text) : readYamlDocuments(text);
    return inner.documents.map((one) => ({ value: one.value, at: { ...below(at, "data", key), within: { ...one.at, format } } }));
  });
}

function holdsLogRules({ value }: Document): boolean {
  return listOf(mapOf(value)["groups"]).some((group) =>
    listOf(mapOf(group)["rules"]).some((rule) => isLogQl(textOr(mapOf(rule)["expr"]))),
  );
}
