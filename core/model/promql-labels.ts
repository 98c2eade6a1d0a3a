import { regexMatches } from "./promql/regex";
import { walk, type Matcher, type Aggregation, type Binary, type Call, type Expr } from "./promql-syntax";

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
      return labels && new Set([...labels, ...expr.matchers.filter(requiresLabel).map(({ label }) => label)]);
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
      return ["scalar", "time", "pi"].includes(expr.fn);
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

function callLabels({ fn, args }: Call, labelsOf: LabelsOf, carried: Carried): OutputLabels {
  const vector = args.find((arg) => !isScalar(arg));
  if (fn === "absent" || fn === "absent_over_time") return absentLabels(vector);
  if (!vector || fn === "vector" || fn === "scalar") return none;
  const labels = outputLabels(vector, labelsOf, carried);
  if (!labels || fn === "info") return undefined; // info() adds whatever labels the info metrics have
  if (fn === "histogram_quantile" || fn === "histogram_fraction") return without(labels, ["le"]);
  if (fn === "label_replace" || fn === "label_join") return new Set([...labels, stringArgument(args[1])]);
  return labels;
}

/** `absent` invents one series from the equality matchers of its selector. */
function absentLabels(vector: Expr | undefined): OutputLabels {
  if (!vector) return none;
  const selectors = walk(vector).filter((expr) => expr.type === "selector");
  if (selectors.length !== 1) return none;
  return new Set(selectors.flatMap(({ matchers }) => matchers.filter(({ op }) => op === "=").map(({ label }) => label)));
}

function aggregationLabels(expr: Aggregation, labelsOf: LabelsOf, carried: Carried): OutputLabels {
  const vector = expr.args.at(-1);
  const labels = vector && outputLabels(vector, labelsOf, carried);
  if (["topk", "bottomk", "limitk", "limit_ratio"].includes(expr.op)) return labels;
  const kept = expr.grouping === "by" ? new Set(expr.labels) : labels && without(labels, expr.labels);
  if (expr.op === "count_values") return kept && new Set([...kept, stringArgument(expr.args[0])]);
  return kept;
}

function binaryLabels(expr: Binary, labelsOf: LabelsOf, carried: Carried): OutputLabels {
  const left = outputLabels(expr.left, labelsOf, carried);
  const right = outputLabels(expr.right, labelsOf, carried);
  if (isScalar(expr.left)) return right;
  if (isScalar(expr.right)) return left;
  if (expr.op === "or") return left && right && eitherLabels(left, right, carried);
  if (isSetOperator(expr.op)) return left;
  if (expr.group) {
    const many = expr.group.side === "left" ? left : right;
    return many && new Set([...many, ...expr.group.include]);
  }
  if (!expr.matching) return left;
  if (expr.matching.on) return new Set(expr.matching.labels);
  return left && without(left, expr.matching.labels);
}

function eitherLabels(left: ReadonlySet<string>, right: ReadonlySet<string>, carried: Carried): OutputLabels {
  return carried === "by some" ? new Set([...left, ...right]) : new Set([...left].filter((label) => right.has(label)));
}

function without(labels: ReadonlySet<string>, dropped: readonly string[]): ReadonlySet<string> {
  return new Set([...labels].filter((label) => !dropped.includes(label)));
}

function stringArgument(expr: Expr | undefined): string {
  return expr?.type === "literal" ? String(expr.value) : "";
}
