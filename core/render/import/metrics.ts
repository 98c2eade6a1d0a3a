import type { LoadedMetric } from "../../model/files/catalog";
import type { Subject } from "../../model/finding";
import { counter, gauge, histogram, type LabelValues, type Metric, type Series } from "../../model/metric";
import { toFill } from "../../model/to-fill";
import { camelCase, Names } from "./names";
import { inline, list, object, record, text, type Imports } from "./source";

/** What a person has to decide or look at, and where in the files that were read. */
export interface Decision {
  readonly subject: Subject;
  /** How the sentence goes on after the name. */
  readonly message: string;
}

/** A metric as it is declared, as a value and as code. */
export interface ImportedMetric {
  /** Its key in the catalog. */
  readonly key: string;
  readonly metric: Metric;
}

/** A series as written code names it. */
export interface Reference {
  /** Such as `metrics.requests`, or `metrics.duration.bucket`. */
  readonly code: string;
  readonly holder: "metrics" | "platform";
  readonly series: Series;
  readonly metric: Metric;
}

/** The most values that a label may have: written where no file lists them. */
const cap = { atMost: 10 } as const;

/** The catalog of a service, in the order of the files. What cannot be declared is left out, and said. */
export function importMetrics(
  metrics: readonly LoadedMetric[],
  prefix: string,
): { readonly catalog: readonly ImportedMetric[]; readonly decisions: readonly Decision[] } {
  const names = new Names();
  const decisions: Decision[] = [];
  const catalog = metrics.flatMap((loaded): readonly ImportedMetric[] => {
    const metric = metricOf(loaded);
    const say = (message: string): void => void decisions.push({ subject: loaded.subject, message });
    if (!metric) {
      say(
        `is ${loaded.type === "summary" ? "a summary, which no catalog here declares" : "of a type that no file tells"}: declare it.`,
      );
      return [];
    }
    const open = Object.entries(loaded.labels ?? {}).flatMap(([label, values]) => (values === undefined ? [label] : []));
    if (loaded.labels === undefined) say("has labels that no file tells: declare them.");
    if (open.length > 0) say(`has labels whose values no file lists, and of which 10 are allowed: ${open.join(", ")}.`);
    if (metric.type === "histogram" && metric.buckets.length === 0) say("has buckets that no file tells: declare them.");
    return [{ key: names.give(camelCase(keyWords(metric, prefix), "metric")), metric }];
  });
  return { catalog, decisions };
}

/** The series of a catalog as other files of the service name them. */
export function referencesTo(catalog: readonly ImportedMetric[], holder: Reference["holder"]): ReadonlyMap<string, Reference> {
  return new Map(
    catalog.flatMap(({ key, metric }): readonly (readonly [string, Reference])[] => {
      const code = `${holder}.${key}`;
      if (metric.type !== "histogram") return [[metric.name, { code, holder, series: metric, metric }]];
      return (["bucket", "count", "sum"] as const).map((part) => [
        metric[part].name,
        { code: `${code}.${part}`, holder, series: metric[part], metric },
      ]);
    }),
  );
}

/** The catalog as code. */
export function metricsCode(catalog: readonly ImportedMetric[], imports: Imports): string {
  const entries = catalog.map(({ key, metric }) => [key, metricCode(metric, imports)] as const);
  return `/** Everything that the service exports. */\nexport const metrics = ${record(entries)};\n`;
}

function metricCode(metric: Metric, imports: Imports): string {
  const labels = Object.fromEntries(Object.entries(metric.labels).map(([label, values]) => [label, valuesCode(values)]));
  const declaration = object({
    unit: text(metric.unit),
    help: text(metric.help),
    labels: inline(labels),
    buckets: metric.type === "histogram" ? list(metric.buckets.map(String)) : undefined,
  });
  const builder = metric.type === "native-histogram" ? "histogram" : metric.type;
  return `${imports.use(builder)}(${text(metric.name)}, ${declaration})`;
}

function valuesCode(values: LabelValues): string {
  return "atMost" in values ? `{ atMost: ${values.atMost} }` : list(values.map(text));
}

function metricOf({ name, type, labels = {}, buckets = [], help }: LoadedMetric): Metric | undefined {
  const declaration = {
    unit: unitOf(name),
    help: help ?? toFill("what it counts or measures, as its HELP line says"),
    labels: Object.fromEntries(Object.entries(labels).map(([label, values]): [string, LabelValues] => [label, values ?? cap])),
  };
  if (type === "counter" || (type === "unknown" && name.endsWith("_total"))) return counter(name, declaration);
  if (type === "gauge") return gauge(name, declaration);
  return type === "histogram" ? histogram(name, { ...declaration, buckets }) : undefined;
}

/** The naming guide puts the unit last, in the plural, before a counter's `_total`. */
function unitOf(name: string): string {
  const last = /([^_]*)(?:_total)?$/.exec(name)?.[1] ?? "";
  return last === "ratio" || /^[a-z]+[^s]s$/.test(last) ? last : toFill("what one of its units is, such as messages");
}

function keyWords({ name, type }: Metric, prefix: string): string {
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const plain = own.replace(type === "counter" ? /_total$/ : /_(seconds|bytes|ratio)$/, "");
  return plain === "" ? own : plain;
}
