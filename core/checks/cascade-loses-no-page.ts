import { alertQuery, watchedQuery, type Alert } from "../model/alert";
import { isDuration, toSeconds } from "../model/duration";
import type { Cascade } from "../model/dependency";
import { indexOf, type Model, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql, type Expr } from "../model/promql-syntax";
import { problem, type Check } from "./check";

/** What an alert silences is told by it: in time, to the end, as urgently, and about the same thing. */
export const cascadeLosesNoPage: Check = {
  id: "cascade-loses-no-page",
  description:
    "The upstream of a cascade is at least as severe as what it silences, fires no later, outlives it, and compares the labels that both carry.",
  severity: "error",
  run: (model) =>
    model.cascades
      .filter(({ hintOnly }) => !hintOnly)
      .flatMap((cascade) =>
        faults(cascade, model).map((message) => problem({ file: "services/cascades.ts", name: cascade.upstream.name }, message)),
      ),
};

function faults(cascade: Cascade, model: Model): readonly string[] {
  const index = indexOf(model);
  const { equal = [] } = cascade;
  const upstream = deployed(cascade.upstream, index);
  return cascade.downstream
    .map((alert) => deployed(alert, index))
    .filter((silenced) => [upstream, silenced].every(hasDurations)) // threshold-reachable tells of it
    .flatMap((silenced) => [
      ...lessSevere(upstream, silenced),
      ...later(upstream, silenced),
      ...(upstream.panel === silenced.panel ? [] : endsBefore(upstream, silenced, index)), // the same thing, to a lesser degree
      ...uncompared(upstream, silenced, index)
        .filter((label) => !equal.includes(label))
        .map((label) => `silences ${silenced.name} whatever its "${label}", which both carry. Compare it: equal: ["${label}"].`),
    ]);
}

function hasDurations({ for: wait, keepFiringFor = "0s", window = "0s" }: Alert): boolean {
  return [wait, keepFiringFor, window].every(isDuration);
}

/** The alert as the environment has it: overrides change how long it waits. */
function deployed(alert: Alert, { serviceOf }: ModelIndex): Alert {
  return serviceOf.get(alert.name)?.alerts.find(({ name }) => name === alert.name) ?? alert;
}

const urgency = { none: -1, info: 0, warning: 1, page: 2 } as const;

function lessSevere(upstream: Alert, silenced: Alert): readonly string[] {
  return urgency[upstream.severity] >= urgency[silenced.severity]
    ? []
    : [
        `is a ${upstream.severity} and silences ${silenced.name}, a ${silenced.severity}: nobody would be paged. Make it a ${silenced.severity}, or only a hint.`,
      ];
}

function later(upstream: Alert, silenced: Alert): readonly string[] {
  return toSeconds(upstream.for) <= toSeconds(silenced.for)
    ? []
    : [
        `fires after ${upstream.for}, but ${silenced.name}, which it explains, already after ${silenced.for}. Let ${silenced.name} wait at least as long.`,
      ];
}

function endsBefore(upstream: Alert, silenced: Alert, index: ModelIndex): readonly string[] {
  const end = lingers(upstream, index);
  const needed = lingers(silenced, index);
  return end >= needed
    ? []
    : [
        `ends up to ${needed - end} s before ${silenced.name}, which would notify after the recovery. Raise keepFiringFor by as much.`,
      ];
}

/** So many seconds after the recovery an alert may still fire: the memory of its windows, and what it keeps firing for. */
function lingers(alert: Alert, index: ModelIndex): number {
  const watched = "expression" in alert.when ? undefined : watchedQuery(alert); // a guard ends nothing
  const query = watched?.query.expr ?? alertQuery(alert, index.labelsOf).expr;
  const tree = parsePromql(query.replaceAll("$__rate_interval", alert.window ?? "5m"));
  const memory =
    watched && alert.window !== undefined && !query.includes("$__rate_interval")
      ? toSeconds(alert.window)
      : tree
        ? remembers(tree, index)
        : 0;
  return memory + toSeconds(alert.keepFiringFor ?? "0s");
}

/** So many seconds are a condition's windows. One with an offset only compares with what was before. */
function remembers(expr: Expr, index: ModelIndex, seen: readonly string[] = []): number {
  const of = (inner: Expr): number => remembers(inner, index, seen);
  switch (expr.type) {
    case "literal":
      return 0;
    case "selector": {
      const rule = expr.moved || seen.includes(expr.metric) ? undefined : index.series.get(expr.metric)?.rule;
      const recorded = rule && parsePromql(rule.query.expr);
      return recorded ? remembers(recorded, index, [...seen, expr.metric]) : 0;
    }
    case "range": {
      const moved = expr.moved ?? (expr.of.type === "selector" ? expr.of.moved : undefined);
      return moved ? 0 : (expr.seconds ?? 0) + of(expr.of);
    }
    case "negation":
      return of(expr.of);
    case "call":
    case "aggregation":
      return Math.max(0, ...expr.args.map(of));
    case "binary": {
      const [left, right] = [of(expr.left), of(expr.right)];
      if (expr.op === "unless") return left;
      return expr.op === "and" ? Math.min(left, right) : Math.max(left, right);
    }
  }
}

/** Labels that tell the parts of one service apart: in another one, the same value is another thing. */
const ofTheTarget: readonly string[] = ["job", "instance", "namespace", "pod", "container", "endpoint", "service", "deployment"];

function uncompared(upstream: Alert, silenced: Alert, index: ModelIndex): readonly string[] {
  const isWithinOne = index.serviceOf.get(upstream.name) === index.serviceOf.get(silenced.name);
  const labelsOf = (alert: Alert): readonly string[] => {
    const tree = parsePromql(alertQuery(alert, index.labelsOf).expr);
    return [...((tree && outputLabels(tree, index.labelsOf)) ?? [])];
  };
  const carried = labelsOf(silenced);
  return labelsOf(upstream).filter((label) => carried.includes(label) && (isWithinOne || !ofTheTarget.includes(label)));
}
