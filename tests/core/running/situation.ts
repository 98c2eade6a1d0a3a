import type { Declared, DeclaredMetric, DeclaredRule } from "../../../core/running/declared";
import type { LiveCheck } from "../../../core/running/live-check";
import { runLiveChecks } from "../../../core/running/live-check";
import type { Running, RunningPrometheus, RunningRule, SeenSeries } from "../../../core/running/running";
import { loadFiles } from "../../../core/load/files/load-files";
import { configurationSchema } from "../../../core/load/files/configuration";

const model = loadFiles(configurationSchema.parse({}), { files: [], read: () => ({ text: "" }) });

/** Nothing but what is given. */
export function declaredOf(parts: Partial<Declared>): Declared {
  return {
    model,
    rules: [],
    metrics: [],
    targetLabels: [],
    dashboards: [],
    dashboardLinks: [],
    datasources: [],
    runbookPages: [],
    subject: { file: "chain.yaml" },
    ...parts,
  };
}

/** An alert `A` of rules.yaml, unless something else is said. */
export function ruleOf(expr: string, parts: Partial<DeclaredRule> = {}): DeclaredRule {
  const name = parts.name ?? "A";
  return { kind: "alert", name, expr, for: "", keepFiringFor: "", labels: {}, subject: { file: "rules.yaml", name }, ...parts };
}

/** The same rule as Prometheus has loaded it. */
export function loaded(expr: string, parts: Partial<RunningRule> = {}): RunningRule {
  return {
    kind: "alert",
    name: "A",
    expr,
    forSeconds: 0,
    keepFiringSeconds: 0,
    labels: {},
    health: "ok",
    lastError: "",
    ...parts,
  };
}

/** A counter of metrics.md. */
export function metricOf(name: string, parts: Partial<DeclaredMetric> = {}): DeclaredMetric {
  return { name, type: "counter", series: [name], subject: { file: "metrics.md", name }, ...parts };
}

/** Series by their labels. */
export function seenOf(...each: readonly Readonly<Record<string, string>>[]): { readonly data: SeenSeries } {
  const labels = new Map<string, string[]>();
  for (const [label, value] of each.flatMap((set) => Object.entries(set)))
    labels.set(label, [...new Set([...(labels.get(label) ?? []), value])]);
  return { data: { labels, each } };
}

/** A Prometheus that has these series, and nothing else. */
export function prometheusOf(
  series: Readonly<Record<string, { readonly data: SeenSeries }>>,
  parts: Partial<RunningPrometheus> = {},
): Running {
  const prometheus: RunningPrometheus = {
    server: "http://prometheus",
    rules: { cannotTell: "not asked" },
    names: { data: new Set(Object.keys(series)) },
    otherNames: Object.keys(series),
    series: new Map(Object.entries(series)),
    targetLabels: ["job", "instance"],
    targets: { data: [{ job: "shop", intervalSeconds: 15, isUp: true, lastError: "" }] },
    keeping: { data: { retentionSeconds: 15 * 86_400, readsRemotely: false, lookbackSeconds: 300 } },
    alertmanagers: { data: ["http://alertmanager"] },
    ...parts,
  };
  return { prometheus };
}

/** What a check says: the severity, where it is not an error, the name, and the words. */
export function said(check: LiveCheck, declared: Partial<Declared>, running: Running): readonly string[] {
  const { findings } = runLiveChecks([check], declaredOf(declared), running);
  return findings.map(
    ({ severity, subject: { name, file }, message }) =>
      `${severity === "error" ? "" : `${severity} `}${name ?? file}: ${message}`,
  );
}
