import { alertQuery, watchedQuery, type Alert } from "../model/alert";
import { isDuration, toSeconds } from "../model/duration";
import type { Cascade } from "../model/dependency";
import { indexOf, type Model, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql, walk } from "../model/promql-syntax";
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
  const query = watchedQuery(alert)?.query.expr ?? alertQuery(alert, index.labelsOf).expr;
  const memory =
    alert.window !== undefined && !query.includes("$__rate_interval")
      ? toSeconds(alert.window)
      : longestRange(query, alert, index);
  return memory + toSeconds(alert.keepFiringFor ?? "0s");
}

/** A range with an offset only compares with what was before. */
function longestRange(expr: string, alert: Alert, index: ModelIndex): number {
  const text = expr.replaceAll("$__rate_interval", alert.window ?? "5m");
  const own = [...text.matchAll(/\[(\w+)\](?!\s*offset)/g)].map(([, range = ""]) => (isDuration(range) ? toSeconds(range) : 0));
  const tree = parsePromql(text);
  const recorded = tree
    ? walk(tree).flatMap((node) => (node.type === "selector" ? [index.series.get(node.metric)?.rule] : []))
    : [];
  const behind = recorded.map((rule) => (rule ? longestRange(rule.query.expr, alert, index) : 0));
  return Math.max(0, ...own, ...behind);
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
