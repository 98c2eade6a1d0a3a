import type { Alert } from "./alert";
import type { Dependency } from "./dependency";
import type { Example } from "./example";
import { scrapedByNamespace, seriesLabelsOf, type Installation } from "./installation";
import { indexOf, type KnownSeries, type Model } from "./model";
import type { Dashboard, DashboardVariable, Panel, PanelQuery } from "./panel";
import { requiresLabel } from "./promql-labels";
import { pinLabels, pinQuery, type Pin, type Pinning } from "./promql-pins";
import type { Query } from "./query";
import type { Gate, Rollout } from "./rollout";
import type { Service } from "./service";
import type { Selector } from "./promql-syntax";
import { matcherAccepts } from "./promql/regex";

/** The services and dependencies of a model where an installation runs, and its queries. */
export interface Installed extends Pick<Model, "services" | "dependencies"> {
  /** The query over the series of the installation alone. */
  readonly pinned: (expr: string) => string;
}

/**
 * The services as they are in an installation: with its namespace, and with queries, and series of examples, that are of
 * this installation alone. What cannot be told by its labels, such as Prometheus' own series, stays.
 */
export function installed(model: Model, installation: Installation): Installed {
  const move = mover(model, installation);
  const services = new Map(model.services.map((service) => [service, move.service(service)]));
  const serviceOf = (service: Service): Service => services.get(service) ?? service;
  return {
    services: [...services.values()],
    dependencies: model.dependencies.map((dependency): Dependency => {
      const seen = { service: serviceOf(dependency.service), seenBy: dependency.seenBy.map(move.panel) };
      return "step" in dependency
        ? { ...dependency, ...seen, upstream: serviceOf(dependency.upstream) }
        : { ...dependency, ...seen };
    }),
    pinned: move.expr,
  };
}

interface Mover {
  readonly expr: (expr: string) => string;
  readonly panel: (panel: Panel) => Panel;
  readonly service: (service: Service) => Service;
}

/** What is one object before, such as a panel that an alert watches, is one object after. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function mover(model: Model, installation: Installation): Mover {
  const pinning = pinningOf(model, installation);
  const pinned = new Map<string, string>();
  const expr = (text: string): string => {
    const known = pinned.get(text) ?? pinQuery(text, pinning);
    pinned.set(text, known);
    return known;
  };
  const query = (one: Query): Query => ({ ...one, expr: expr(one.expr) });
  const panel = once((one: Panel): Panel => ({
    ...one,
    queries: Object.fromEntries(
      Object.entries<PanelQuery>(one.queries).map(([id, shown]) => [id, { ...shown, query: query(shown.query) }]),
    ),
  }));
  const example = (one: Example): Example => ({
    ...one,
    input: one.input.map((series) => ({ ...series, labels: pinLabels(series.labels, pinning.pinsOf(selectorOf(series))) })),
  });
  const alert = (one: Alert): Alert => ({
    ...one,
    panel: panel(one.panel),
    when: "expression" in one.when ? { ...one.when, expression: query(one.when.expression) } : one.when,
    ...(one.guard && { guard: query(one.guard) }),
    examples: one.examples.map(example),
  });
  const gate = (one: Gate): Gate =>
    one.type === "promql"
      ? { ...one, query: query(one.query) }
      : { ...one, seenAs: { ...one.seenAs, query: query(one.seenAs.query) } };
  const rollout = (one: Rollout): Rollout => ({
    ...one,
    before: one.before.map(gate),
    ...(one.drain && { drain: { ...one.drain, gates: one.drain.gates.map(gate) } }),
    after: one.after.map(gate),
    replaced: query(one.replaced),
    panels: one.panels.map(panel),
  });
  const dashboard = (one: Dashboard): Dashboard => ({
    ...one,
    rows: one.rows.map((row) => ({ ...row, panels: row.panels.map(panel) })),
    ...(one.variables && { variables: one.variables.map((variable) => pinnedVariable(variable, expr)) }),
  });
  const service = (one: Service): Service => ({
    ...one,
    ...(one.workload && { workload: movedWorkload(one.workload, installation) }),
    dashboards: one.dashboards.map(dashboard),
    recordingRules: one.recordingRules.map((rule) => ({ ...rule, query: query(rule.query) })),
    alerts: one.alerts.map(alert),
    ...(one.rollout && { rollout: rollout(one.rollout) }),
    ...(one.upstreams && {
      upstreams: Object.fromEntries(
        Object.entries(one.upstreams).map(([id, upstream]) => [
          id,
          { ...upstream, ...(upstream.seenBy && { seenBy: upstream.seenBy.map(panel) }) },
        ]),
      ),
    }),
  });
  return { expr, panel, service };
}

/** A variable that asks Grafana for a label's values, or for a query's result, of the installation alone. */
function pinnedVariable(variable: DashboardVariable, pinned: (expr: string) => string): DashboardVariable {
  if (!("query" in variable)) return variable;
  const asked = /^(\s*(?:label_values|query_result)\()(.+?)((?:,\s*\w+\s*)?\)\s*)$/s.exec(variable.query);
  if (!asked || (asked[1]?.includes("label_values") && !asked[3]?.startsWith(","))) return variable; // a label's values of all series
  return { ...variable, query: `${asked[1] ?? ""}${pinned(asked[2] ?? "")}${asked[3] ?? ""}` };
}

function movedWorkload(workload: NonNullable<Service["workload"]>, { workloadNamespace, externalLabels = {} }: Installation) {
  const scrape = workloadNamespace === undefined ? workload.scrape : scrapedByNamespace(workload.scrape);
  const added = [...new Set([...(scrape?.externalLabels ?? []), ...Object.keys(externalLabels)])];
  return {
    ...workload,
    ...(workloadNamespace !== undefined && { namespace: workloadNamespace }),
    ...((scrape !== undefined || added.length > 0) && {
      scrape: { by: "plain" as const, ...scrape, ...(added.length > 0 && { externalLabels: added }) },
    }),
  };
}

/**
 * Whether all series of a name are told by the labels of an installation: those that a service with a workload exports, what
 * is recorded, and those that carry a namespace of their own (kube-state-metrics, cAdvisor).
 */
export function isOfInstallation(known: KnownSeries | undefined): boolean {
  return known?.rule !== undefined || known?.service?.workload !== undefined || known?.metric?.labels["namespace"] !== undefined;
}

/** Others, such as `up`, are where they are asked for by the job of a workload. */
function pinningOf(model: Model, installation: Installation): Pinning {
  const { series, labelsOf } = indexOf(model);
  const workloads = model.services.flatMap(({ workload }) => workload ?? []);
  const jobs = workloads.map(({ job }) => job);
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))];
  const pins = Object.entries(seriesLabelsOf(installation)).map(([label, value]): Pin => ({
    label,
    value,
    insteadOf: label === "namespace" ? namespaces : [],
  }));
  const isOfJob = ({ matchers }: Selector): boolean => {
    const asked = matchers.filter(({ label }) => label === "job");
    return asked.some(requiresLabel) && jobs.some((job) => asked.every((matcher) => matcherAccepts(matcher, job)));
  };
  return {
    pinsOf: (selector) => (isOfInstallation(series.get(selector.metric)) || isOfJob(selector) ? pins : []),
    isRecorded: (metric) => series.get(metric)?.rule !== undefined,
    labelsOf,
  };
}

/** The selector of exactly one series. */
function selectorOf({ name, labels }: { readonly name: string; readonly labels: Readonly<Record<string, string>> }): Selector {
  const matchers = Object.entries(labels).map(([label, value]) => ({ label, op: "=" as const, value, from: 0, to: 0 }));
  return { type: "selector", metric: name, matchers, isSelective: true, isOnlyBraces: false, from: 0, to: 0 };
}
