import { increaseBy, maxBy, minBy, quantile, rateBy, ratio, sumBy, type Measure } from "../../model/measure";
import type { Metric } from "../../model/metric";
import { isSameQuery } from "../../model/promql-meaning";
import { parsePromql, walk, type Aggregation, type Expr } from "../../model/promql-syntax";
import { countingWindows, type CountingWindow, type MatcherValue } from "../../model/query";
import type { Reference } from "./metrics";
import { matchersCode, matchersOf, type References } from "./query-code";
import { inline, list, text, type Imports } from "./source";

/** A query of a panel as it is declared, as a value and as code. */
export interface MeasureCode {
  readonly measure: Measure;
  readonly code: (imports: Imports) => string;
}

/** The legend of a measure; its own where it is left out. */
export interface Legend {
  readonly legend?: string;
}

/** What a query could be. Whether it is, only a comparison of the two queries tells. */
type Make = (legend: Legend) => MeasureCode;

type Matchers = Readonly<Record<string, MatcherValue>>;

/** The measure that has the shape of a query. */
export function measureLike(tree: Expr, references: References): Make | undefined {
  if (tree.type === "call" && tree.fn === "histogram_quantile") return quantileLike(tree.args, references);
  if (tree.type === "binary" && tree.op === "/") return ratioLike(tree.left, tree.right, references);
  return tree.type === "aggregation" ? aggregationLike(tree, references) : undefined;
}

/** The quantile that a recording rule stores, of a query that reads it. */
export function recordedMeasureLike(tree: Expr, references: References, recorded: ReadonlyMap<string, string>): Make | undefined {
  const expr = tree.type === "selector" && tree.matchers.length === 0 ? recorded.get(tree.metric) : undefined;
  const stored = expr === undefined ? undefined : parsePromql(expr);
  if (tree.type !== "selector" || expr === undefined || stored?.type !== "call" || stored.fn !== "histogram_quantile")
    return undefined;
  const make = quantileLike(stored.args, references, tree.metric);
  const recording = make?.({}).measure.recording;
  return recording && isSameQuery(recording.query.expr, expr) ? make : undefined;
}

function aggregationLike({ op, labels, args }: Aggregation, references: References): Make | undefined {
  const found = seriesIn(args[0], references);
  const { metric } = found?.reference ?? {};
  if (!found || !metric || !hasLabels(metric, labels)) return undefined;
  const { of, within, job } = found;
  if (metric.type === "gauge" && (op === "sum" || op === "max" || op === "min")) {
    const [name, build] = { sum: ["sumBy", sumBy] as const, max: ["maxBy", maxBy] as const, min: ["minBy", minBy] as const }[op];
    return call({ name, found, labels }, (legend) => build(metric, labels, { of, ...legend }));
  }
  if (metric.type !== "counter" || op !== "sum") return undefined;
  if (within === undefined || job === undefined)
    return call({ name: "rateBy", found, labels }, (legend) => rateBy(metric, labels, { of, ...legend }));
  return call({ name: "increaseBy", found, labels, options: { within: text(within), job: text(job) } }, (legend) =>
    increaseBy(metric, labels, { within, job, of, ...legend }),
  );
}

function quantileLike([first, inner]: readonly Expr[], references: References, recordedAs?: string): Make | undefined {
  if (first?.type !== "literal" || typeof first.value !== "number" || inner?.type !== "aggregation") return undefined;
  const found = seriesIn(inner.args[0], references);
  const { metric } = found?.reference ?? {};
  const labels = inner.labels.filter((label) => label !== "le");
  if (!found || metric?.type !== "histogram" || !hasLabels(metric, labels)) return undefined;
  const phi = first.value;
  const stored = recordedAs === undefined ? {} : { recordedAs };
  const options = { ...byCode(labels), ...(recordedAs !== undefined && { recordedAs: text(recordedAs) }) };
  const code = found.reference.code.replace(/\.bucket$/, "");
  return call({ name: "quantile", found: { ...found, code: `${phi}, ${code}` }, options }, (legend) =>
    quantile(phi, metric, { of: found.of, by: labels, ...stored, ...legend }),
  );
}

function ratioLike(left: Expr, right: Expr, references: References): Make | undefined {
  if (left.type !== "aggregation" || right.type !== "aggregation") return undefined;
  const [bad, all] = [seriesIn(left.args[0], references), seriesIn(right.args[0], references)];
  const metric = bad?.reference.metric;
  const { labels } = left;
  if (!bad || !all || metric?.type !== "counter" || bad.reference !== all.reference || !hasLabels(metric, labels))
    return undefined;
  const { of, within, job } = all;
  const more = Object.fromEntries(Object.entries(bad.of).filter(([label]) => !Object.hasOwn(of, label)));
  const within5m = within !== undefined && job !== undefined ? { within, job } : {};
  const options = {
    bad: (imports: Imports) => matchersCode(more, imports),
    ...byCode(labels),
    ...(within !== undefined && job !== undefined && { within: text(within), job: text(job) }),
  };
  return call({ name: "ratio", found: all, options }, (legend) =>
    ratio(metric, { of, bad: more, by: labels, ...within5m, ...legend }),
  );
}

/** The series that a rate, an increase from the first increment on, or nothing at all is taken of. */
interface Found {
  readonly reference: Reference;
  readonly code: string;
  readonly of: Matchers;
  readonly within?: CountingWindow;
  readonly job?: string;
}

function seriesIn(expr: Expr | undefined, references: References): Found | undefined {
  if (!expr) return undefined;
  const nodes = [...walk(expr)];
  const selector = nodes.find((node) => node.type === "selector");
  const reference = selector?.type === "selector" ? references.get(selector.metric) : undefined;
  const of = selector?.type === "selector" && reference ? matchersOf(selector.matchers, reference) : undefined;
  if (!reference || !of) return undefined;
  const found = { reference, code: reference.code, of };
  // `increaseOf` is the only measure with a window of its own.
  const increase = expr.type === "binary" && expr.op === "or" && expr.right.type === "call" ? expr.right.args[0] : undefined;
  const window = increase?.type === "range" && increase.seconds !== undefined ? `${increase.seconds / 60}m` : "";
  const up = nodes.find((node) => node.type === "selector" && node.metric === "up");
  const job = up?.type === "selector" ? up.matchers.find(({ label }) => label === "job")?.value : undefined;
  const within = countingWindows.find((each) => each === window);
  return within !== undefined && job !== undefined ? { ...found, within, job } : found;
}

function hasLabels(metric: Metric, labels: readonly string[]): boolean {
  return labels.every((label) => Object.hasOwn(metric.labels, label) || label === "job" || label === "instance");
}

interface Call {
  readonly name: "sumBy" | "maxBy" | "minBy" | "rateBy" | "increaseBy" | "quantile" | "ratio";
  readonly found: Found;
  /** Of those that are grouped by an argument. */
  readonly labels?: readonly string[];
  readonly options?: Readonly<Record<string, string | ((imports: Imports) => string)>>;
}

function call({ name, found, labels, options = {} }: Call, measure: (legend: Legend) => Measure): Make {
  return (legend) => ({
    measure: measure(legend),
    code: (imports) => {
      imports.use(found.reference.holder);
      const given = Object.entries(options).map(([key, code]) => [key, typeof code === "string" ? code : code(imports)] as const);
      const all = inline({
        of: Object.keys(found.of).length === 0 ? undefined : matchersCode(found.of, imports),
        ...Object.fromEntries(given),
        legend: legend.legend === undefined ? undefined : text(legend.legend),
      });
      const words = [found.code, ...(labels ? [list(labels.map(text))] : []), ...(all === "{}" ? [] : [all])];
      return `${imports.use(name)}(${words.join(", ")})`;
    },
  });
}

function byCode(labels: readonly string[]): Readonly<Record<string, string>> {
  return labels.length === 0 ? {} : { by: list(labels.map(text)) };
}
