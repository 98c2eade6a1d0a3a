import type { LoadedMetric } from "../../model/files/catalog";
import type { Metric } from "../../model/metric";
import { actorMetrics } from "../../model/standard/actors";
import { heartbeatMetrics } from "../../model/standard/heartbeats";
import { constant, enclosed, entriesOf, literals, splitAtCommas } from "./typescript-text";

/** How our own catalogs declare a metric: `counter("mc_joins_total", { help, labels: { status: ["ok", "error"] } })`. */
const declaration = /\b(counter|gauge|histogram|nativeHistogram)\(\s*["'`]([\w:]+)["'`]\s*,\s*(?=\{)/g;

/** The parts that bring metrics of their own, and their metrics alone. */
const templates = /\b(actorMetrics|actorPart|heartbeatMetrics|heartbeatPart)(?=\()/g;

// A native histogram has its samples under its own name, as a gauge has.
const types = { counter: "counter", gauge: "gauge", histogram: "histogram", nativeHistogram: "unknown" } as const;

/**
 * The metrics that a TypeScript file declares with this library, as they are written there, constants of the same file
 * included. What is computed, or comes from another file, is not known.
 */
export function readTypescriptCatalog(file: string, text: string): readonly LoadedMetric[] {
  const line = ({ subject }: LoadedMetric): number => subject.line ?? 0;
  return [...declaredOneByOne(file, text), ...declaredByTemplates(file, text)].sort((left, right) => line(left) - line(right));
}

function declaredByTemplates(file: string, text: string): readonly LoadedMetric[] {
  return [...text.matchAll(templates)].flatMap(({ index, 0: template }) => {
    const args = splitAtCommas(enclosed(text, index + template.length).slice(1, -1));
    const service = literals(`[${args[0] ?? ""}]`)?.[0];
    const spec = args[template.endsWith("Part") ? 2 : 1] ?? "";
    if (service === undefined) return [];
    const isOfActors = template.startsWith("actor");
    const of = isOfActors
      ? ofActors(service, template === "actorPart" ? property(text, spec, "types") : spec, text)
      : ofHeartbeats(service, spec, text);
    return of.map((metric): LoadedMetric => ({
      ...metric,
      source: "catalog",
      subject: { file, name: metric.name, line: lineAt(text, index) },
    }));
  });
}

type Declared = Omit<LoadedMetric, "source" | "subject">;

/** `...actorMetrics("mc", actorTypes)`, `actorPart("mh", workload, { types, … })`. */
function ofActors(service: string, written: string, text: string): readonly Declared[] {
  const known = literals(constant(text, written));
  return Object.values<Metric>({ ...actorMetrics(service, known ?? []) }).map((metric) => ({
    ...plain(metric),
    labels: { actor_type: known },
  }));
}

/** `heartbeatMetrics("mh", registration)`, `heartbeatPart("mh", workload, { to: "MC", … })`: their names say to whom. */
function ofHeartbeats(service: string, spec: string, text: string): readonly Declared[] {
  const said = (key: string): string | undefined => literals(`[${property(text, spec, key)}]`)?.[0];
  const to = said("to");
  if (to === undefined) return [];
  const registration = { to, everySeconds: Number(said("everySeconds")), lostAfterSeconds: Number(said("lostAfterSeconds")) };
  return Object.values<Metric>(heartbeatMetrics(service, registration)).map((metric) => ({
    ...plain(metric),
    labels: Object.fromEntries(
      Object.entries(metric.labels).map(([label, values]) => [label, "atMost" in values ? undefined : values]),
    ),
    ...(metric.type === "histogram" && { buckets: metric.buckets }),
  }));
}

/** A help with a number that is not written in the file is not known. */
function plain({ name, type, help }: Metric): Pick<LoadedMetric, "name" | "type" | "help"> {
  return { name, type: type === "native-histogram" ? types.nativeHistogram : type, ...(!help.includes("NaN") && { help }) };
}

/** What a property of an object is, of one that is spread into it too, where both are written in this file. */
function property(text: string, object: string, key: string): string {
  const entries = entriesOf(constant(text, object));
  const spread = [...entries.keys()].filter((entry) => entry.startsWith("...")).map((entry) => entry.slice(3));
  const found =
    entries.get(key) ?? spread.map((name) => entriesOf(constant(text, name)).get(key)).find((one) => one !== undefined);
  return constant(text, found ?? "");
}

function declaredOneByOne(file: string, text: string): readonly LoadedMetric[] {
  return [...text.matchAll(declaration)].map(({ index, 0: whole, 1: builder, 2: name = "" }): LoadedMetric => {
    const body = entriesOf(enclosed(text, index + whole.length));
    const written = (key: string): string => constant(text, body.get(key) ?? "");
    const labels = written("labels");
    const buckets = literals(written("buckets"));
    const help = literals(`[${body.get("help") ?? ""}]`)?.[0];
    return {
      name,
      type: types[builder as keyof typeof types],
      ...(labels.startsWith("{") && !labels.includes("...") && { labels: valuesOf(labels, text) }),
      ...(builder === "histogram" && buckets && { buckets: buckets.map(Number) }),
      ...(help !== undefined && { help }),
      source: "catalog",
      subject: { file, name, line: lineAt(text, index) },
    };
  });
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function valuesOf(labels: string, text: string): Readonly<Record<string, readonly string[] | undefined>> {
  return Object.fromEntries([...entriesOf(labels)].map(([label, value]) => [label, literals(constant(text, value))]));
}
