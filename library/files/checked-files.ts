import { dirname, resolve } from "node:path";
import { readText } from "../../core/load/files/read-text";
import { listFiles, matching } from "../../core/load/files/find-files";
import { readJsonDocument, readYamlDocuments, type Document } from "../../core/load/files/documents";
import { markdownWithin } from "../../core/load/files/config-map-runbooks";
import { holdsDashboard, readDashboardFile, unwrapDashboard } from "../../core/load/files/dashboard";
import { holdsPrometheusRules, partsOf } from "../../core/load/files/document-parts";
import { listOf, mapOf } from "../../core/load/files/shape";
import { renderFindings } from "../../core/render/findings";
import { isRuleDocument } from "../../core/render/prometheus-rule";
import type { FileObservabilityArgs } from "../../components/file-observability";
import { checkFiles } from "./check-files";
import { exceptionsFor, withoutAccepted } from "./exceptions";
import { readConfiguration } from "./read-configuration";

/** The parts of {@link FileObservabilityArgs} that files hold. */
export type CheckedFiles = Pick<FileObservabilityArgs, "rules" | "dashboards" | "runbooks">;

/**
 * Reads the files of a chain.yaml, checked, for FileObservability.
 * @throws Error with every finding when there is an error, or where two files would become one object.
 */
export function loadCheckedFiles(configurationFile: string): CheckedFiles {
  const path = resolve(configurationFile);
  const root = dirname(path);
  const configuration = readConfiguration(path);
  const today = new Date().toISOString().slice(0, 10);
  const findings = withoutAccepted(checkFiles(root, configuration).findings, exceptionsFor("files", configuration), {
    today,
    file: configurationFile,
  });
  if (findings.some(({ severity }) => severity === "error"))
    throw new Error(`Nothing is deployed.\n\n${renderFindings(findings)}`);
  const files = listFiles(root);
  const textOf = (file: string): string => {
    const read = readText(root, file);
    return "text" in read ? read.text : "";
  };
  const documentsOf = (file: string): readonly Document[] =>
    (file.endsWith(".json") ? readJsonDocument(textOf(file)) : readYamlDocuments(textOf(file))).documents;
  return {
    rules: named(
      matching(files, configuration.rules).flatMap((file) => {
        const groups = documentsOf(file)
          .flatMap(partsOf)
          .filter(holdsPrometheusRules)
          .flatMap(({ value }) =>
            listOf(mapOf(value)["kind"] === "PrometheusRule" ? mapOf(mapOf(value)["spec"])["groups"] : mapOf(value)["groups"]),
          )
          .filter(isRuleDocument);
        return groups.length === 0 ? [] : [{ file, key: objectName(file), value: { groups } }];
      }),
    ),
    dashboards: named(
      matching(files, configuration.dashboards).flatMap((file) =>
        documentsOf(file)
          .flatMap(partsOf)
          .filter(holdsDashboard)
          .map((document) => ({
            file,
            key: readDashboardFile(file, document).uid || objectName(file),
            value: isAsWritten(file, document) ? textOf(file) : JSON.stringify(unwrapDashboard(document), null, 2),
          })),
      ),
    ),
    runbooks: named(
      matching(files, configuration.runbooks).flatMap((file) =>
        /\.ya?ml$/.test(file)
          ? markdownWithin(documentsOf(file)).map(({ path, content }) => ({ file, key: dataKey(path), value: content }))
          : [{ file, key: dataKey(file), value: textOf(file) }],
      ),
    ),
  };
}

/** Whether the file is the dashboard and nothing else: then its own text is deployed. */
function isAsWritten(file: string, document: Document): boolean {
  return file.endsWith(".json") && document.at.path.length === 0 && unwrapDashboard(document) === document.value;
}

/** A ConfigMap's keys have letters, digits, dots, dashes and underscores. */
function dataKey(path: string): string {
  return path.replaceAll("/", ".").replace(/[^\w.-]+/g, "-");
}

function objectName(file: string): string {
  return file
    .replace(/\.\w+$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function named<T>(
  entries: readonly { readonly file: string; readonly key: string; readonly value: T }[],
): Readonly<Record<string, T>> {
  const taken = new Map<string, string>();
  for (const { key, file } of entries) {
    const other = taken.get(key);
    if (other !== undefined) throw new Error(`${file} and ${other} would both become "${key}". Rename one.`);
    taken.set(key, file);
  }
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}
