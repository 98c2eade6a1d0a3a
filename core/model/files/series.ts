import { counter, gauge, histogram, seriesNames, type Labels, type Metric } from "../metric";
import type { KnownSeries } from "../model";
import { ownSeries } from "../own-series";
import { queryOf } from "../query";
import { recordingRule } from "../recording-rule";
import type { LoadedMetric } from "./catalog";
import type { LoadedFiles } from "./loaded";

/** Everything with samples that files tell of: metrics, and the results of recording rules. */
export function* loadedSeries(files: LoadedFiles | undefined): Generator<KnownSeries> {
  if (!files) return;
  for (const name of ownSeries) yield { name };
  for (const metric of knownMetrics(files)) yield* seriesOf(metric);
  const records = files.rules.filter(({ kind }) => kind === "record");
  const counts = new Map<string, number>();
  for (const { name } of records) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { name, expr, labels } of records) {
    // Of several rules with one name, each may have labels of its own.
    if ((counts.get(name) ?? 0) > 1) yield { name };
    else yield { name, rule: recordingRule(name, { query: queryOf(expr) }), addedLabels: Object.keys(labels) };
  }
}

/** Each metric once, with what all sources say of it. */
export function knownMetrics(files: LoadedFiles): readonly LoadedMetric[] {
  const written = new Map<string, LoadedMetric>();
  for (const metric of files.metrics) written.set(metric.name, combined(written.get(metric.name), metric));
  return [...written.values()];
}

/** What two sources say of one metric: a catalog and code list what a scrape only shows. */
function combined(one: LoadedMetric | undefined, other: LoadedMetric): LoadedMetric {
  if (!one) return other;
  const type = one.type === "unknown" ? other.type : one.type;
  const labels =
    one.labels && other.labels
      ? Object.fromEntries([
          ...Object.entries(other.labels),
          ...Object.entries(one.labels).map(([key, values]) => [key, values ?? other.labels?.[key]] as const),
        ])
      : undefined;
  const buckets = one.buckets ?? other.buckets;
  const { labels: _, ...rest } = one;
  return { ...rest, type, ...(labels && { labels }), ...(buckets && { buckets }) };
}

function* seriesOf(metric: LoadedMetric): Generator<KnownSeries> {
  const { name, type } = metric;
  if (type === "unknown" || !metric.labels) {
    const ends =
      type === "histogram"
        ? ["_bucket", "_count", "_sum"]
        : type === "summary"
          ? ["", "_count", "_sum"]
          : type === "unknown"
            ? [
                "",
                "_bucket",
                "_count",
                "_sum",
                "_max",
                "_total",
                "_seconds",
                "_seconds_bucket",
                "_seconds_count",
                "_seconds_sum",
                "_seconds_max",
              ]
            : [""];
    for (const end of ends) yield { name: name + end };
    if (type === "histogram") yield { name: `${name}_created` };
    return;
  }
  for (const declared of metricsOf(metric)) for (const series of seriesNames(declared)) yield { name: series, metric: declared };
}

function metricsOf({ name, type, labels = {}, buckets }: LoadedMetric): readonly Metric[] {
  const known: Labels = Object.fromEntries(
    Object.entries(labels).map(([label, values]) => [label, values ?? { atMost: Infinity }]),
  );
  const declaration = { unit: "", help: "", labels: known };
  if (type === "histogram") return [histogram(name, { ...declaration, buckets: buckets ?? [] })];
  if (type === "counter") return [counter(name, declaration)];
  if (type === "gauge") return [gauge(name, declaration)];
  return [
    gauge(name, { ...declaration, labels: { ...known, quantile: { atMost: Infinity } } }),
    counter(`${name}_count`, declaration),
    counter(`${name}_sum`, declaration),
  ];
}
