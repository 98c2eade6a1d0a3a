import type { Subject } from "../../model/finding";
import type { LoadedDashboard, LoadedFiles, LoadedRule } from "../../model/files/loaded";
import type { Cluster, LoadedObject, LoadedPrometheus, LoadedWorkload, NamedAlert } from "../../model/files/cluster";
import { pathsOfLinkedOnly } from "../../model/files/linked-documents";
import type { Model } from "../../model/model";
import { anchorsOfHeadings, type Renderer } from "../../model/renderer";
import type { RunbookDocument } from "../../model/runbook";
import { readMarkdown } from "../markdown";
import { runbooksWithin } from "./config-map-runbooks";
import type { Configuration } from "./configuration";
import { holdsDashboard, readDashboardFile } from "./dashboard";
import { readJsonDocument, readYamlDocuments, type Document, type Documents } from "./documents";
import { holdsPrometheusRules, partsOf } from "./document-parts";
import { matching } from "./find-files";
import { loadMetrics } from "./load-metrics";
import { readObject, readWorkload, withoutLists } from "./manifests";
import { externalLabelsOf, readNamedAlerts, readPrometheus } from "./prometheus-configuration";
import { holdsAlertmanagerConfig, readPlacedAlerting } from "./placed-alerting";
import type { Text } from "./read-text";
import { ruleFaults } from "./rule-faults";
import { readRules } from "./rules";
import { commandQueries } from "./runbook-queries";
import { mapOf, textsOf } from "./shape";
import { readTables } from "./sql-schema";

/** Labels that a scrape or a server usually adds. */
const usualTargetLabels =
  "job instance namespace pod container endpoint service node cluster prometheus prometheus_replica replica region zone env environment stage datacenter host hostname pod_name container_name exported_job exported_instance exported_namespace exported_pod exported_container app component team".split(
    " ",
  );

/** The files of a repository, and how one is read. */
export interface Repository {
  readonly files: readonly string[];
  readonly read: (file: string) => Text;
}

/** Reads whatever the configuration names, into the model that the checks read. */
export function loadFiles(configuration: Configuration, repository: Repository): Model {
  const reader = new Reader(repository);
  const named = (globs: readonly string[]): readonly string[] => matching(repository.files, globs);
  const ruleFiles = named(configuration.rules);
  const dashboardFiles = named(configuration.dashboards);
  const manifestFiles = named(configuration.manifests);
  const all = unique([...ruleFiles, ...dashboardFiles, ...manifestFiles]);
  const rules: LoadedRule[] = [];
  const faults: { subject: Subject; message: string }[] = [];
  const dashboards: LoadedDashboard[] = [];
  const objects: LoadedObject[] = [];
  const workloads: LoadedWorkload[] = [];
  const alerting: Cluster["alerting"][number][] = [];
  for (const file of all) {
    for (const document of reader.documents(file).flatMap(partsOf)) {
      if (holdsPrometheusRules(document)) {
        rules.push(...readRules(file, document));
        faults.push(...ruleFaults(file, document));
      }
      if (holdsAlertmanagerConfig(document)) alerting.push(readPlacedAlerting(file, document));
      if (holdsDashboard(document)) dashboards.push(readDashboardFile(file, document));
      const object = readObject(file, document);
      const workload = readWorkload(file, document);
      if (object) objects.push(object);
      if (workload) workloads.push(workload);
    }
  }
  const runbooks = named(configuration.runbooks).flatMap((file) => {
    const text = reader.text(file);
    if (text === undefined) return [];
    return /\.ya?ml$/.test(file)
      ? runbooksWithin(file, text, reader.documents(file))
      : [{ ...readMarkdown(file, text), file }].map((document) => withAnchors(document, configuration.runbookRenderer));
  });
  const sources = configuration.metrics.map((source) => loadMetrics(source, repository.files, (file) => reader.text(file)));
  const configurations = named(configuration.prometheus).flatMap((file) =>
    reader.documents(file).flatMap((one): readonly LoadedPrometheus[] => [readPrometheus(file, one) ?? []].flat()),
  );
  const prometheus = configurations.length === 1 ? configurations[0] : undefined;
  for (const file of named(configuration.alertmanager).filter((one) => !all.includes(one)))
    alerting.push(...reader.documents(file).map((one) => readPlacedAlerting(file, one)));
  const namedAlerts = named(configuration.alertmanager).flatMap((file) =>
    reader.documents(file).flatMap((one): readonly NamedAlert[] => readNamedAlerts(file, one)),
  );
  const schema = named(configuration.sql).flatMap((file) => reader.text(file) ?? []);
  const manifests = manifestFiles.flatMap((file) => reader.documents(file).flatMap(withoutLists));
  const selector = ruleSelectorOf(manifests);
  const external = externalLabelsOf([...named(configuration.prometheus).flatMap((file) => reader.documents(file)), ...manifests]);
  const files: LoadedFiles = {
    rules,
    dashboards,
    metrics: sources.flatMap(({ metrics }) => metrics),
    families: sources.flatMap(({ families }) => families),
    targetLabels: configuration.targetLabels ?? usualTargetLabels,
    targetLabelsAreCertain: configuration.targetLabels !== undefined,
    commands: runbooks.flatMap(commandQueries),
    cluster: {
      workloads,
      objects,
      namedAlerts,
      alerting,
      ...(prometheus && { prometheus }),
      ...(selector && { ruleSelector: selector }),
      ...(external && { externalLabels: external }),
      ...(schema.length > 0 && { tables: readTables(schema) }),
    },
    elsewhere: configuration.elsewhere,
    runbookUrls: configuration.runbookUrls,
    runbookRenderer: configuration.runbookRenderer,
    unread: reader.unread,
    ruleFaults: faults,
    files: new Set(repository.files),
    linked: [],
  };
  const model = modelOf(runbooks, files);
  return {
    ...model,
    files: {
      ...files,
      linked: pathsOfLinkedOnly(model, files).flatMap((file) => readLinked(file, repository, files.runbookRenderer)),
    },
  };
}

/** What cannot be read is nothing that somebody has asked to be checked. */
function readLinked(file: string, { read }: Repository, renderer: Renderer): readonly RunbookDocument[] {
  const text = read(file);
  return "text" in text ? [withAnchors(readMarkdown(file, text.text), renderer)] : [];
}

/** The document with the anchors that its headings have where it is shown. */
function withAnchors<T extends RunbookDocument>(document: T, renderer: Renderer): T {
  if (renderer === "github") return document;
  const anchors = anchorsOfHeadings(document.headings, renderer);
  return { ...document, headings: document.headings.map((heading, index) => ({ ...heading, slug: anchors[index] ?? "" })) };
}

function modelOf(runbooks: readonly RunbookDocument[], files: LoadedFiles): Model {
  const { runbookRenderer } = files;
  return {
    services: [],
    platform: {},
    runbooks,
    runbookRenderer,
    sectionsFile: "",
    dependencies: [],
    cascades: [],
    journeys: [],
    files,
  };
}

class Reader {
  readonly unread: { subject: Subject; message: string }[] = [];
  private readonly known = new Map<string, readonly Document[]>();
  private readonly texts = new Map<string, Text>();
  constructor(private readonly repository: Repository) {}

  text(file: string): string | undefined {
    const known = this.texts.get(file);
    const read = known ?? this.repository.read(file);
    this.texts.set(file, read);
    if ("text" in read) return read.text;
    if (!known) this.unread.push({ subject: { file }, message: read.message });
    return undefined;
  }

  documents(file: string): readonly Document[] {
    const known = this.known.get(file);
    if (known) return known;
    const text = this.text(file);
    const { documents, faults }: Documents =
      text === undefined
        ? { documents: [], faults: [] }
        : file.endsWith(".json")
          ? readJsonDocument(text)
          : readYamlDocuments(text);
    this.unread.push(
      ...faults.map(({ message, line, column }) => ({
        subject: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
        message,
      })),
    );
    this.known.set(file, documents);
    return documents;
  }
}

function ruleSelectorOf(documents: readonly Document[]): Readonly<Record<string, string>> | undefined {
  const selectors = documents.flatMap(({ value }) => {
    const { kind, spec } = mapOf(value);
    const selector = mapOf(mapOf(spec)["ruleSelector"]);
    return kind === "Prometheus" && selector["matchExpressions"] === undefined ? [textsOf(selector["matchLabels"])] : [];
  });
  return selectors.length === 1 ? selectors[0] : undefined;
}

function unique(files: readonly string[]): readonly string[] {
  return [...new Set(files)];
}
