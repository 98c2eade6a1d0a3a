import type { Alert } from "./alert";
import type { Cascade, Dependency } from "./dependency";
import { loadedSeries } from "./files/series";
import type { LoadedFiles } from "./files/loaded";
import { groupBy } from "./group-by";
import type { Installation } from "./installation";
import type { Journey } from "./journey";
import { seriesNames, type Catalog, type Metric } from "./metric";
import { once } from "./once";
import { ownSeries } from "./own-series";
import { panelsOf, type Dashboard, type Panel } from "./panel";
import { outputLabels, type LabelsOf } from "./promql-labels";
import { parsePromql } from "./promql-syntax";
import type { RecordingRule } from "./recording-rule";
import type { Renderer } from "./renderer";
import type { RunbookDocument, RunbookFile } from "./runbook";
import { targetLabels } from "./scrape";
import type { Service } from "./service";
import { upstreamsShownBy } from "./upstream-panels";

/** The whole chain, as it was declared or loaded: what every check reads. */
export interface Model {
  readonly services: readonly Service[];
  /** Metrics that no service exports itself: Prometheus, cAdvisor, kube-state-metrics. */
  readonly platform: Catalog;
  readonly runbooks: readonly RunbookDocument[];
  /** What lies beside the runbooks and is linked from them, such as images. None when left out. */
  readonly runbookFiles?: readonly RunbookFile[];
  /** What keeps files below `runbooks/` from being read, each with why. */
  readonly unreadableRunbooks?: readonly { readonly path: string; readonly why: string }[];
  /** What shows the runbooks to people: it makes their anchors. GitHub when left out. */
  readonly runbookRenderer?: Renderer;
  /** The generated sections file as it is on disk. */
  readonly sectionsFile: string;
  readonly dependencies: readonly Dependency[];
  readonly cascades: readonly Cascade[];
  readonly journeys: readonly Journey[];
  /** What the environment's Prometheus is started with, such as `promql-experimental-functions`. Nothing when left out. */
  readonly prometheusFeatures?: readonly string[];
  /** What was found in files that people already have, beside what is declared. */
  readonly files?: LoadedFiles;
  /** What the environment adds to every series beside `job` and `instance`, such as `namespace` and `cluster`. Nothing when left out. */
  readonly seriesLabels?: readonly string[];
  /** The labels that are known to be on all that the environment's Prometheus sends. Not known when left out. */
  readonly externalLabels?: readonly string[];
  /** The installation of which all queries are. As the services declare it, with none beside it, when left out. */
  readonly installation?: Installation;
}

/** A metric, or a recording rule, that has samples under a name. */
export interface KnownSeries {
  readonly name: string;
  readonly metric?: Metric;
  readonly rule?: RecordingRule;
  /** Absent for platform metrics. */
  readonly service?: Service;
  /** Labels that a rule sets on its results. */
  readonly addedLabels?: readonly string[];
}

/** The model's things by the names with which texts refer to them. */
export interface ModelIndex {
  readonly series: ReadonlyMap<string, KnownSeries>;
  readonly metricsByName: ReadonlyMap<string, Metric>;
  /** By `dashboard-uid/panel-id`. */
  readonly panels: ReadonlyMap<string, Panel>;
  readonly dashboardOf: ReadonlyMap<Panel, Dashboard>;
  readonly alertsByPanel: ReadonlyMap<Panel, readonly Alert[]>;
  readonly upstreamsShownBy: ReadonlyMap<Panel, readonly Service[]>;
  /** By `path#slug`. */
  readonly alertsBySection: ReadonlyMap<string, readonly Alert[]>;
  readonly services: ReadonlyMap<string, Service>;
  /** What the services' workloads are scraped as. */
  readonly jobs: ReadonlySet<string>;
  /** The service of an alert, by its name. */
  readonly serviceOf: ReadonlyMap<string, Service>;
  /** The cascades in which an alert, by its name, is explained by another one. */
  readonly cascadesOf: ReadonlyMap<string, readonly Cascade[]>;
  readonly documents: ReadonlyMap<string, RunbookDocument>;
  readonly runbookRenderer: Renderer;
  readonly installation?: Installation;
  readonly labelsOf: LabelsOf;
  /** Undefined also where it is not known what a scrape adds to a metric's own labels. */
  readonly certainLabelsOf: LabelsOf;
}

/** The index of a model; made once, since a model never changes. */
export const indexOf = once(buildIndex);

/** `path#slug`, the key of a section. */
export function sectionKey(section: { readonly path: string; readonly slug: string }): string {
  return `${section.path}#${section.slug}`;
}

function buildIndex(model: Model): ModelIndex {
  const series = new Map<string, KnownSeries>();
  const metricsByName = new Map<string, Metric>();
  const add = (metric: Metric, service?: Service): void => {
    metricsByName.set(metric.name, metric);
    for (const name of seriesNames(metric)) series.set(name, { name, metric, ...(service && { service }) });
  };
  for (const name of ownSeries) series.set(name, { name });
  Object.values(model.platform).forEach((metric) => {
    add(metric);
  });
  const dashboardOf = new Map<Panel, Dashboard>();
  const panels = new Map<string, Panel>();
  const serviceOf = new Map<string, Service>();
  for (const service of model.services) {
    for (const metric of Object.values(service.metrics)) add(metric, service);
    for (const rule of service.recordingRules)
      series.set(rule.name, { name: rule.name, rule, service, addedLabels: Object.keys(rule.labels ?? {}) });
    for (const alert of service.alerts) serviceOf.set(alert.name, service);
    for (const dashboard of service.dashboards) {
      for (const panel of panelsOf(dashboard)) {
        dashboardOf.set(panel, dashboard);
        panels.set(`${dashboard.uid}/${panel.id}`, panel);
      }
    }
  }
  for (const known of loadedSeries(model.files)) {
    series.set(known.name, known);
    if (known.metric) metricsByName.set(known.metric.name, known.metric);
  }
  const alerts = model.services.flatMap((service) => service.alerts);
  const services = new Map(model.services.map((service) => [service.id, service]));
  const addedTo: AddedTo = ({ service }) =>
    model.files?.targetLabels ?? [...targetLabels(service?.workload?.scrape), ...(model.seriesLabels ?? [])];
  return {
    series,
    metricsByName,
    panels,
    dashboardOf,
    alertsByPanel: groupBy(alerts, (alert) => alert.panel),
    upstreamsShownBy: upstreamsShownBy(model, panels, services),
    alertsBySection: groupBy(alerts, (alert) => sectionKey(alert.runbook)),
    services,
    jobs: new Set(model.services.flatMap(({ workload }) => (workload ? [workload.job] : []))),
    serviceOf,
    cascadesOf: cascadesByDownstream(model.cascades.filter(({ upstream }) => serviceOf.has(upstream.name))),
    runbookRenderer: model.runbookRenderer ?? "github",
    ...(model.installation && { installation: model.installation }),
    documents: new Map(model.runbooks.map((document) => [document.path, document])),
    labelsOf: labelsOfSeries(series, addedTo),
    certainLabelsOf: labelsOfSeries(series, model.files?.targetLabelsAreCertain === false ? undefined : addedTo),
  };
}

function cascadesByDownstream(cascades: readonly Cascade[]): ReadonlyMap<string, readonly Cascade[]> {
  const pairs = cascades.flatMap((cascade) => cascade.downstream.map(({ name }) => ({ name, cascade })));
  return new Map([...groupBy(pairs, ({ name }) => name)].map(([name, group]) => [name, group.map(({ cascade }) => cascade)]));
}

/** The labels that the scrapes of a series add to it. */
type AddedTo = (known: KnownSeries) => readonly string[];

/**
 * A metric's own labels, those of its target, and `le` for buckets; for a recording rule, what its query keeps. Where it
 * is not known what targets add, no metric's labels are.
 */
function labelsOfSeries(series: ReadonlyMap<string, KnownSeries>, addedTo: AddedTo | undefined): LabelsOf {
  const kept = new Map<string, readonly string[] | "unknown">();
  const labelsOf: LabelsOf = (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known === "unknown" ? undefined : known;
    kept.set(name, "unknown"); // meanwhile: a rule over itself has no labels to tell
    const labels = labelsNow(series.get(name));
    kept.set(name, labels ?? "unknown");
    return labels;
  };
  const labelsNow = (known: KnownSeries | undefined): readonly string[] | undefined => {
    if (known?.metric) {
      if (!addedTo) return undefined;
      const le = known.name.endsWith("_bucket") && known.metric.type === "histogram" ? ["le"] : [];
      return [...new Set([...Object.keys(known.metric.labels), ...(known.metric.alsoCarries ?? []), ...addedTo(known), ...le])];
    }
    const tree = known?.rule && parsePromql(known.rule.query.expr);
    const labels = tree && outputLabels(tree, labelsOf);
    return labels && [...labels, ...(known.addedLabels ?? [])];
  };
  return labelsOf;
}
