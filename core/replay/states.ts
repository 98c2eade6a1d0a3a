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
        input_series: all.flatMap(({ rule, results }, index) =>
          results.map(({ labels, samples }) => ({
            series: seriesText(nameAt(index), labels),
            values: notation(
              // Only a template can tell one value from another.
              usesTemplates(rule) ? samples : samples.map(([second]) => [second, 1] as const),
              { from, until, everySeconds },
            ),
          })),
        ),
        promql_expr_test: [
          { expr: `vector(1) # ${playedId(id)}`, eval_time: "0s" },
          ...stepsOfChange(all, { from, until, everySeconds }).flatMap((step) => {
            const eval_time = milliseconds(step * everySeconds);
            return [
              { expr: `${firing} unless ${before} # ${startsId(id)}`, eval_time },
              { expr: `(${before}) unless ${firing} # ${endsId(id)}`, eval_time },
            ];
          }),
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

function usesTemplates({ labels }: EvaluatedRule): boolean {
  return Object.values(labels).some((value) => value.includes("{{"));
}

/** The steps at which an alert may begin or end: while its condition holds, and until it is no longer kept firing. */
function stepsOfChange(all: readonly Conditions[], { from, until, everySeconds }: Evaluations): readonly number[] {
  const steps = new Set<number>();
  const last = Math.round((until - from) / everySeconds);
  for (const { rule, results } of all) {
    const kept = Math.ceil(rule.keepFiringSeconds / everySeconds) + 1;
    for (const { samples } of results) {
      samples.forEach(([second], index) => {
        const step = Math.round((second - from) / everySeconds);
        const next = samples[index + 1]?.[0] ?? Infinity;
        const after = next - second < everySeconds * 1.5 ? 0 : kept;
        for (let each = step; each <= Math.min(last, step + after); each++) steps.add(each);
      });
    }
  }
  return [...steps].sort((a, b) => a - b);
}

/** promtool's notation. Without the marker, a condition would be seen for minutes after it has ended. */
function notation(samples: Result["samples"], { from, everySeconds, until }: Evaluations): string {
  const words: string[] = [];
  let next = 0;
  let run = { word: "", times: 0 };
  const push = (word: string): void => {
    if (word === run.word) run.times++;
    else {
      words.push(...repeated(run));
      run = { word, times: 1 };
    }
  };
  for (const [second, value] of samples) {
    const step = Math.round((second - from) / everySeconds);
    if (step > next) {
      if (next > 0) push("stale");
      for (let each = next + (next > 0 ? 1 : 0); each < step; each++) push("_");
    }
    push(numberText(value));
    next = step + 1;
  }
  if (next <= Math.round((until - from) / everySeconds)) push("stale");
  return [...words, ...repeated(run)].join(" ");
}

/** `_x3` is three steps without a sample, `1x2` three times the value. */
function repeated({ word, times }: { readonly word: string; readonly times: number }): readonly string[] {
  if (times === 0 || word === "") return [];
  if (times === 1 || word === "stale" || /[a-z]/i.test(word)) return Array.from({ length: times }, () => word);
  return [word === "_" ? `_x${times}` : `${word}x${times - 1}`];
}

function numberText(value: number): string {
  return Math.abs(value) === Infinity ? `${value < 0 ? "-" : ""}Inf` : String(value);
}
