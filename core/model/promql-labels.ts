import { once } from "./once";
import { regexMatches } from "./promql/regex";
import type { Matcher, Aggregation, Binary, Call, Expr, Selector } from "./promql-syntax";

/** The labels that every result of an expression can carry, or undefined where the catalogs cannot tell. */
export type OutputLabels = ReadonlySet<string> | undefined;

/** The labels of a series by its name, or undefined when no catalog has the name. */
export type LabelsOf = (series: string) => readonly string[] | undefined;

/** Of `a or b`, whose results are those of either: the labels that every result carries, or that some do. */
export type Carried = "by every result" | "by some";

const none: ReadonlySet<string> = new Set();

/**
 * Which labels survive an expression, by the rules of Prometheus' engine
 * (https://prometheus.io/docs/prometheus/latest/querying/operators/): an aggregation keeps its `by` list,
 * one-to-one matching keeps the matched labels, `group_left` those of the many side.
 */
export function outputLabels(expr: Expr, labelsOf: LabelsOf, carried: Carried = "by every result"): OutputLabels {
  switch (expr.type) {
    case "literal":
      return none;
    case "selector": {
      const labels = labelsOf(expr.metric);
      return labels && withRequired(setOf(labels), expr.matchers);
    }
    case "range":
    case "negation":
      return outputLabels(expr.of, labelsOf, carried);
    case "call":
      return callLabels(expr, labelsOf, carried);
    case "aggregation":
      return aggregationLabels(expr, labelsOf, carried);
    case "binary":
      return binaryLabels(expr, labelsOf, carried);
  }
}

/** Whether an expression is a single number: it has no labels because it is no vector. */
export function isScalar(expr: Expr): boolean {
  switch (expr.type) {
    case "literal":
      return true;
    case "negation":
      return isScalar(expr.of);
    case "call":
      return expr.fn === "scalar" || expr.fn === "time" || expr.fn === "pi";
    case "binary":
      return isScalar(expr.left) && isScalar(expr.right);
    default:
      return false;
  }
}

/** The operators that keep the left side's series as they are. */
export function isSetOperator(op: string): boolean {
  return op === "and" || op === "or" || op === "unless";
}

/** Whether only series that have the label satisfy the matcher: what the scrape adds is in no catalog. */
export function requiresLabel({ op, value }: Matcher): boolean {
  return op === "=" ? value !== "" : op === "=~" && !regexMatches(value, "");
}

const setOf = once((labels: readonly string[]): ReadonlySet<string> => new Set(labels));

function withRequired(labels: ReadonlySet<string>, matchers: readonly Matcher[]): ReadonlySet<string> {
  if (matchers.length === 0) return labels;
  const more = matchers.filter((matcher) => !labels.has(matcher.label) && requiresLabel(matcher));
  return more.length === 0 ? labels : new Set([...labels, ...more.map(({ label }) => label)]);
}

function callLabels({ fn, args }: Call, labelsOf: LabelsOf, carried: Carried): OutputLabels {
  const vector = args.find((arg) => !isScalar(arg));
  if (fn === "absent" || fn === "absent_over_time") {
    const selector = inventedFrom(vector);
    return selector ? inventedLabels(selector) : none;
  }
  if (!vector || fn === "vector" || fn === "scalar") return none;
  const labels = outputLabels(vector, labelsOf, carried);
  if (!labels || fn === "info") return undefined; // info() adds whatever labels the info metrics have
  if (fn === "histogram_quantile" || fn === "histogram_fraction") return without(labels, ["le"]);
  if (fn === "label_replace" || fn === "label_join") return new Set([...labels, stringArgument(args[1])]);
  return labels;
}

/** The selector from which `absent` invents the labels of its one series: of any other expression it invents none. */
export function inventedFrom(vector: Expr | undefined): Selector | undefined {
  if (vector?.type === "range" && !vector.isSubquery) return inventedFrom(vector.of);
  return vector?.type === "selector" ? vector : undefined;
}

/** Those for which the selector asks by `=`, and in no other way after that. */
export function inventedLabels({ matchers }: Selector): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const { label, op, value } of matchers) {
    if (op === "=" && value !== "" && !labels.has(label)) labels.add(label);
    else labels.delete(label);
  }
  return labels;
}

function aggregationLabels(expr: Aggregation, labelsOf: LabelsOf, carried: Carried): OutputLabels {
  const written = expr.op === "count_values" ? [stringArgument(expr.args[0])] : noLabels;
  if (expr.grouping === "by" && !isPick(expr.op))
    return new Set(written.length === 0 ? expr.labels : [...expr.labels, ...written]);
  const vector = expr.args.at(-1);
  const labels = vector && outputLabels(vector, labelsOf, carried);
  if (!labels || isPick(expr.op)) return labels;
  return withMore(without(labels, expr.labels), written);
}

function binaryLabels(expr: Binary, labelsOf: LabelsOf, carried: Carried): OutputLabels {
  const of = (side: "left" | "right"): OutputLabels => outputLabels(expr[side], labelsOf, carried);
  if (isScalar(expr.left)) return of("right");
  if (isScalar(expr.right)) return of("left");
  if (expr.op === "or") {
    const [left, right] = [of("left"), of("right")];
    return left && right && eitherLabels(left, right, carried);
  }
  if (isSetOperator(expr.op)) return of("left");
  if (expr.group) {
    const many = of(expr.group.side);
    return many && withMore(many, expr.group.include);
  }
  if (expr.matching?.on) return new Set(expr.matching.labels);
  const left = of("left");
  return expr.matching && left ? without(left, expr.matching.labels) : left;
}

function eitherLabels(left: ReadonlySet<string>, right: ReadonlySet<string>, carried: Carried): OutputLabels {
  return carried === "by some" ? new Set([...left, ...right]) : new Set([...left].filter((label) => right.has(label)));
}

/** Whether an aggregation takes some of the series as they are. */
function isPick(op: string): boolean {
  return op === "topk" || op === "bottomk" || op === "limitk" || op === "limit_ratio";
}

function without(labels: ReadonlySet<string>, dropped: readonly string[]): ReadonlySet<string> {
  if (!dropped.some((label) => labels.has(label))) return labels;
  return new Set([...labels].filter((label) => !dropped.includes(label)));
}

const noLabels: readonly string[] = [];

function withMore(labels: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> {
  return more.every((label) => labels.has(label)) ? labels : new Set([...labels, ...more]);
}

function stringArgument(expr: Expr | undefined): string {
  return expr?.type === "literal" ? String(expr.value) : "";
}
