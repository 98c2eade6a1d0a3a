import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { LanguageType, promQLLanguage } from "@prometheus-io/codemirror-promql";
import { Parser } from "@prometheus-io/codemirror-promql/dist/cjs/parser/parser";
import { indexOf, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { firstError, grafanaVariable, parsePromql, walk, withoutGrafanaVariables, type Expr } from "../model/promql-syntax";
import { queriesIn, type PlacedQuery } from "../model/queries";
import { problem, type Check } from "./check";

const promqlLanguage = promQLLanguage(LanguageType.PromQL);

const forCounters = ["rate", "irate", "increase", "resets"];
const forGauges = ["delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing"];

/** Every query is one that Prometheus accepts, and uses each metric as its type allows. */
export const queryTypes: Check = {
  id: "query-types",
  description: "Queries obey Prometheus' type rules; rates are of counters, and quantiles of buckets grouped by le.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const messages = tree
        ? [...typeErrors(expr), ...misplaced(expr, tree, kind), ...[...walk(tree)].flatMap((node) => misuses(node, index))]
        : [`is no complete PromQL${near(expr)}: ${JSON.stringify(expr)}.`];
      return [...new Set(messages)].map((message) => problem(subject, `the ${kind} ${message}`));
    });
  },
};

/** What Prometheus' own type checker says, as its web UI runs it. */
function typeErrors(expr: string): readonly string[] {
  const checker = new Parser(parsedState(withoutGrafanaVariables(expr)));
  checker.analyze();
  return checker.getDiagnostics().map(({ message }) => `is refused by Prometheus' type rules: ${message}.`);
}

/** What is PromQL, but not where it stands. */
function misplaced(expr: string, tree: Expr, kind: PlacedQuery["kind"]): readonly string[] {
  const variable = kind === "panel" ? undefined : grafanaVariable(expr);
  return [
    ...(variable === undefined ? [] : [`uses ${variable}, which only Grafana knows. Write a duration such as 5m.`]),
    ...(tree.type === "range" && kind !== "runbook command"
      ? ["selects a range of samples, where one value a series is needed. Wrap it in a function such as rate()."]
      : []),
  ];
}

/**
 * An editor state whose tree is whole: an editor at first parses no more than what a screen shows, and for no longer
 * than 20 ms. The empty transaction takes over what was parsed since.
 */
function parsedState(doc: string): EditorState {
  const state = EditorState.create({ doc, extensions: [promqlLanguage] });
  ensureSyntaxTree(state, doc.length, Number.MAX_SAFE_INTEGER);
  return state.update({}).state;
}

function near(expr: string): string {
  const source = withoutGrafanaVariables(expr);
  const at = firstError(expr);
  return at === undefined || at >= source.length ? " (it ends too early)" : ` (at "${source.slice(at, at + 12)}")`;
}

function misuses(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type !== "call") return [];
  if (node.fn === "histogram_quantile") return quantileMisuses(node.args[1], index);
  const [selector] = node.args.flatMap((arg) => (arg.type === "range" && arg.of.type === "selector" ? [arg.of] : []));
  const type = selector && index.series.get(selector.metric)?.metric?.type;
  if (!type) return [];
  if (forCounters.includes(node.fn) && type === "gauge") {
    return [`takes ${node.fn}() of ${selector.metric}, a gauge. Use delta() or deriv(), or avg_over_time().`];
  }
  if (forGauges.includes(node.fn) && type !== "gauge") {
    return [`takes ${node.fn}() of ${selector.metric}, which is a counter. Use rate() or increase().`];
  }
  return [];
}

function quantileMisuses(buckets: Expr | undefined, index: ModelIndex): readonly string[] {
  if (!buckets) return [];
  const selected = [...walk(buckets)].flatMap((node) => (node.type === "selector" ? [node.metric] : []));
  const mayHaveBuckets = selected.some((name) => name.endsWith("_bucket") || !index.series.get(name)?.metric);
  const wrong = mayHaveBuckets ? [] : selected; // next to buckets, something else is a guard
  const labels = outputLabels(buckets, index.labelsOf);
  return [
    ...wrong.map((name) => `takes histogram_quantile() of ${name}. Use the _bucket series of a histogram.`),
    ...(wrong.length === 0 && labels && !labels.has("le")
      ? ["takes histogram_quantile() of buckets without their le label. Add le to the by (…) list."]
      : []),
  ];
}
