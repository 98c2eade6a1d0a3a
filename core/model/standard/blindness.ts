import { alertQuery, type Alert } from "../alert";
import { alert } from "../declared-alert";
import { fires, quiet, series, type InputSeries } from "../example";
import type { Metric, Series } from "../metric";
import { panel, type Panel } from "../panel";
import type { LabelsOf } from "../promql-labels";
import { promql, queryOf, where, type Query } from "../query";
import type { RunbookSection } from "../runbook";
import type { Service } from "../service";
import { examplePod } from "../workload";
import { platform } from "./platform";

/** An hour with more events than this is not followed by a quarter of an hour with none by chance. */
const busyPerHour = 300;

const accepts = { "required-grouping-is-kept": "A metric that is gone is gone whatever its labels were." };

/** A metric whose silence is told, and the alerts that read it. */
interface Watched {
  readonly series: Series;
  readonly alerts: readonly string[];
}

/** What an alert on silence is made from. */
interface Silence {
  readonly name: string;
  readonly job: string;
  readonly instance: string;
  readonly runbook: RunbookSection;
}

/**
 * The service with alerts on its own blindness: a gauge that an instance no longer exports, and traffic that is no
 * longer counted. Nothing is said of other counters, which are created with their first increment and may rightly
 * have none.
 */
export function withBlindness(service: Service, runbook: RunbookSection): Service {
  const { workload, alertPrefix, metrics } = service;
  const [overview, ...dashboards] = service.dashboards;
  const [first, ...rows] = overview?.rows ?? [];
  if (!workload || !overview || !first) return service;
  const silence = { name: alertPrefix, job: workload.job, instance: `${examplePod(workload)}:http`, runbook };
  const all = Object.values(metrics);
  const readers = service.alerts.map((each): Reader => ({ name: each.name, texts: textsBehind(each, service) }));
  const alerts = [
    ...missingMetrics(
      silence,
      watched(
        all.filter(({ type }) => type === "gauge"),
        readers,
      ),
    ),
    ...silentTraffic(
      silence,
      watched(
        all.filter(({ traffic }) => traffic),
        readers,
      ),
    ),
  ];
  const row = { ...first, panels: [...first.panels, ...alerts.map((each) => each.panel)] };
  return {
    ...service,
    dashboards: [{ ...overview, rows: [row, ...rows] }, ...dashboards],
    alerts: [...service.alerts, ...alerts],
  };
}

function missingMetrics({ name, job, instance, runbook }: Silence, gauges: readonly Watched[]): readonly Alert[] {
  const [example] = gauges;
  if (!example) return [];
  const up = (values: string): InputSeries => series(platform.up, { job, instance }, values);
  const exported = gauges.map(({ series: { name: metric } }) => ({ name: metric, labels: { job, instance }, values: "1x60" }));
  return [
    alert(`${name}MetricMissing`, {
      panel: silencePanel("metric-missing", {
        title: "Instances without a metric",
        description:
          "How many instances are up but do not export a metric that they should. The alerts that read it cannot fire for them.",
        parts: gauges.map((gauge) => ({
          ...gauge,
          silent: promql`max by (instance) (${where(platform.up, { job })}) == 1 unless on (instance) ${where(gauge.series, { job })}`,
        })),
      }),
      above: 0,
      for: "15m",
      severity: "warning",
      summary: "{metric} is missing on {value} instances: {alerts} cannot fire",
      impact: "None yet; what these alerts watch can go wrong unseen. Most often a release renamed the metric.",
      runbook,
      accepts,
      examples: [
        fires({ input: [up("1x60"), ...exported.slice(1)], at: "15m", labels: labelsOf(example), value: 1 }),
        quiet("all are exported", { input: [up("1x60"), ...exported], until: "60m" }),
        quiet("the instance is down, which is told otherwise", { input: [up("0x60")], until: "60m" }),
      ],
    }),
  ];
}

function silentTraffic({ name, job, instance, runbook }: Silence, counters: readonly Watched[]): readonly Alert[] {
  const [example] = counters;
  if (!example) return [];
  const up: InputSeries = series(platform.up, { job, instance }, "1x120");
  const counted = (values: string): InputSeries => ({ name: example.series.name, labels: { job, instance }, values });
  return [
    alert(`${name}TrafficStopped`, {
      panel: silencePanel("traffic-stopped", {
        title: "Traffic that stopped",
        description: `1 for each metric that counted more than ${busyPerHour} events an hour and has counted none for 15 minutes, while an instance is up.`,
        parts: counters.map((counter) => ({ ...counter, silent: stopped(where(counter.series, { job }), job) })),
      }),
      above: 0,
      for: "2m",
      severity: "warning",
      summary: "{metric} has counted nothing for 15 minutes",
      impact: "Users no longer get here, or the metric is gone and {alerts} cannot fire.",
      runbook,
      accepts,
      examples: [
        fires({ input: [up, counted("0+10x60 600x60")], at: "76m", labels: labelsOf(example), value: 1 }),
        fires({ input: [up, counted("0+10x60 stale")], at: "76m", labels: labelsOf(example), value: 1 }),
        quiet("traffic falls off slowly", { input: [up, counted("0+10x30 300+3x30 390+1x60")], until: "120m" }),
        quiet("there never was much", { input: [up, counted("0+4x60 240x60")], until: "120m" }),
      ],
    }),
  ];
}

function stopped({ expr }: Query, job: string): Query {
  return promql`
    sum(increase(${queryOf(expr)}[1h] offset 15m)) > ${busyPerHour}
    unless on () sum(increase(${queryOf(expr)}[15m])) > 0
    and on () sum(${where(platform.up, { job })}) > 0`;
}

interface SilencePanel {
  readonly title: string;
  readonly description: string;
  readonly parts: readonly (Watched & { readonly silent: Query })[];
}

/** A label names the metric, which no aggregation keeps, and another the alerts that went blind with it. */
function silencePanel(id: string, { title, description, parts }: SilencePanel): Panel {
  const labelled = parts.map(({ silent, ...watched }) =>
    Object.entries(labelsOf(watched)).reduce(
      (expr, [label, value]) => `label_replace(${expr}, ${JSON.stringify(label)}, ${JSON.stringify(value)}, "", "")`,
      silent.expr,
    ),
  );
  const query = promql`count by (metric, alerts) (${queryOf(labelled.join("\nor "))})`;
  return panel(id, {
    title,
    description,
    unit: "short",
    queries: { silent: { query, legend: "{{metric}}: {{alerts}}" } },
    accepts,
  });
}

function labelsOf({ series: { name }, alerts }: Watched): Readonly<Record<string, string>> {
  return { metric: name, alerts: alerts.join(", ") };
}

/** An alert, and all that it reads: its query, and those of what is recorded for it. */
interface Reader {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Those of the metrics that an alert reads. Of a histogram, its count stands for it. */
function watched(metrics: readonly Metric[], readers: readonly Reader[]): readonly Watched[] {
  return metrics
    .map((metric) => ({ series: metric.type === "histogram" ? metric.count : metric, alerts: readersOf(metric, readers) }))
    .filter(({ alerts }) => alerts.length > 0);
}

function readersOf({ name: metric }: Metric, readers: readonly Reader[]): readonly string[] {
  const spelt = new RegExp(`\\b${metric}(_bucket|_count|_sum)?\\b`);
  // Most name it nowhere, which is known sooner than by a pattern.
  return readers.filter(({ texts }) => texts.some((text) => text.includes(metric) && spelt.test(text))).map(({ name }) => name);
}

/** No catalog is known yet: what a guard is matched on does not change which metrics are read. */
const noCatalog: LabelsOf = () => undefined;

function textsBehind(alert: Alert, { recordingRules }: Service): readonly string[] {
  const texts = [alertQuery(alert, noCatalog).expr];
  const seen = new Set<string>();
  for (const text of texts) {
    const read = recordingRules.filter(({ name }) => !seen.has(name) && text.includes(name));
    for (const { name, query } of read) {
      seen.add(name);
      texts.push(query.expr);
    }
  }
  return texts;
}
