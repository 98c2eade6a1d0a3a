import type { EvaluatedRule } from "../model/rule-set";
import { playedId, type PreparedPlay } from "../simulate/prepared-play";
import type { Printed } from "../simulate/promtool-runs";
import type { AlertSpan } from "../simulate/timeline";

/** What a rule's query gave at the evaluations: a series for each set of labels, samples in Unix seconds. */
export interface Result {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [second: number, value: number])[];
}

/** An alerting rule, and when its condition held. */
export interface Conditions {
  readonly rule: EvaluatedRule;
  readonly results: readonly Result[];
}

/** When rules were evaluated: from, and every so often until, in Unix seconds. */
export interface Evaluations {
  readonly from: number;
  readonly until: number;
  readonly everySeconds: number;
}

/**
 * The test of `promtool test rules` in which Prometheus' own rule engine makes alerts of conditions: pending, firing, kept firing,
 * with the labels that templates give. Each rule stands alone, over the series of what its query gave at each evaluation.
 */
export function prepareStates(all: readonly Conditions[], { from, until, everySeconds }: Evaluations, id: string): PreparedPlay {
  const steps = Math.round((until - from) / everySeconds);
  const firing = 'ALERTS{alertstate="firing"}';
  const before = `${firing} offset ${milliseconds(everySeconds)}`;
  const groups = all.map(({ rule }, index) => ({
    name: String(index),
    rules: [
      {
        alert: rule.name,
        expr: nameAt(index),
        for: milliseconds(rule.forSeconds),
        keep_firing_for: milliseconds(rule.keepFiringSeconds),
        labels: rule.labels,
      },
    ],
  }));
  const test = {
    rule_files: [`${id}.rules.yaml`],
    evaluation_interval: milliseconds(everySeconds),
    group_eval_order: groups.map(({ name }) => name),
    tests: [
      {
        name: id,
        interval: milliseconds(everySeconds),
        start_timestamp: String(from),
        input_series: all.flatMap(({ results }, index) =>
          results.map(({ labels, samples }) => ({
            series: seriesText(nameAt(index), labels),
            values: notation(samples, { from, until, everySeconds }),
          })),
        ),
        promql_expr_test: [
          { expr: `vector(1) # ${playedId(id)}`, eval_time: "0s" },
          ...Array.from({ length: steps + 1 }, (_, step) => milliseconds(step * everySeconds)).flatMap((eval_time) => [
            { expr: `${firing} unless ${before} # ${startsId(id)}`, eval_time },
            { expr: `(${before}) unless ${firing} # ${endsId(id)}`, eval_time },
          ]),
        ],
      },
    ],
  };
  return { id, rules: JSON.stringify({ groups }), test: JSON.stringify(test) };
}

/** The alerts that fired, by their labels; one that fires at the last evaluation ends at Infinity. */
export function readStates(printed: Printed, { from }: Evaluations, id: string): readonly AlertSpan[] {
  const open = new Map<string, number>();
  const spans: AlertSpan[] = [];
  const starts = (printed.get(startsId(id)) ?? []).map((sample) => ({ ...sample, isStart: true }));
  const ends = (printed.get(endsId(id)) ?? []).map((sample) => ({ ...sample, isStart: false }));
  for (const { second, labels, isStart } of [...starts, ...ends].sort((a, b) => a.second - b.second)) {
    const key = JSON.stringify(Object.entries(labels).filter(([label]) => label !== "__name__" && label !== "alertstate"));
    const began = open.get(key);
    if (isStart) open.set(key, from + second);
    else if (began !== undefined) spans.push({ labels: labelsOf(key), from: began, until: from + second });
    if (!isStart) open.delete(key);
  }
  for (const [key, began] of open) spans.push({ labels: labelsOf(key), from: began, until: Infinity });
  return spans.sort((a, b) => a.from - b.from);
}

/** That two results are one alert: Prometheus fails the evaluation of such a rule. */
export function hasTwins(results: readonly Result[]): boolean {
  const keys = results.map(({ labels: { __name__: _, ...rest } }) => JSON.stringify(Object.entries(rest).sort()));
  return new Set(keys).size < keys.length;
}

function labelsOf(key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(JSON.parse(key) as [string, string][]);
}

function nameAt(index: number): string {
  return `backtest:${index}`;
}

function startsId(id: string): string {
  return `${id} starts`;
}

function endsId(id: string): string {
  return `${id} ends`;
}

function milliseconds(seconds: number): string {
  return `${Math.round(seconds * 1000)}ms`;
}

function seriesText(name: string, { __name__: _, ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => {
    const written = /^[A-Za-z_]\w*$/.test(label) ? label : JSON.stringify(label);
    return `${written}=${JSON.stringify(value)}`;
  });
  return `${name}{${pairs.join(",")}}`;
}

/** promtool's notation. Without the marker, a condition would be seen for minutes after it has ended. */
function notation(samples: Result["samples"], { from, everySeconds, until }: Evaluations): string {
  const words: string[] = [];
  let next = 0;
  for (const [second, value] of samples) {
    const step = Math.round((second - from) / everySeconds);
    if (step > next) words.push(...(next > 0 ? ["stale"] : []), ...gap(step - next - (next > 0 ? 1 : 0)));
    words.push(numberText(value));
    next = step + 1;
  }
  if (next <= Math.round((until - from) / everySeconds)) words.push("stale");
  return words.join(" ");
}

/** Steps without a sample: `_x3`. */
function gap(steps: number): readonly string[] {
  return steps === 0 ? [] : [steps === 1 ? "_" : `_x${steps}`];
}

function numberText(value: number): string {
  return Math.abs(value) === Infinity ? `${value < 0 ? "-" : ""}Inf` : String(value);
}
