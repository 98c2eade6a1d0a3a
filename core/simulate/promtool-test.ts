import { seriesText } from "./exposition";
import { epochSeconds } from "./kubernetes";
import { gridSeconds } from "./scrape";
import { nativeText } from "./native-value";
import type { Sample, StoredSeries } from "./stored-series";

/** A test group of `promtool test rules` that asks which alerts there are at each evaluation. */
export interface PromtoolTest {
  readonly name: string;
  readonly interval: string;
  readonly start_timestamp: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test: readonly { readonly expr: string; readonly eval_time: string }[];
}

/** What is evaluated, and when. */
export interface Evaluation {
  readonly everySeconds: number;
  readonly historySeconds: number;
  readonly lastsSeconds: number;
}

/** A query to evaluate at a second of the situation. */
export interface Question {
  readonly id: string;
  readonly expr: string;
  readonly second: number;
}

/** promtool prints what it did not expect: nothing is expected, so it prints every alert at every evaluation. */
export function renderTest(
  id: string,
  stored: readonly StoredSeries[],
  evaluation: Evaluation,
  questions: readonly Question[] = [],
): PromtoolTest {
  const { everySeconds, historySeconds, lastsSeconds } = evaluation;
  const moments = Array.from({ length: Math.floor(lastsSeconds / everySeconds) + 1 }, (_, step) => step * everySeconds);
  const asked = [...moments.map((second) => ({ id, expr: "ALERTS", second })), ...questions];
  return {
    name: id,
    interval: `${gridSeconds}s`,
    start_timestamp: String(epochSeconds - historySeconds),
    input_series: stored.map(({ name, labels, samples }) => ({
      series: seriesText(name, labels),
      values: values(samples, historySeconds),
    })),
    promql_expr_test: asked.map((question) => ({
      expr: `${question.expr} # ${question.id}`,
      eval_time: `${question.second + historySeconds}s`,
    })),
  };
}

/** promtool's notation: one value a step, `_x3` for three steps without; a native histogram in two braces. */
function values(samples: readonly Sample[], historySeconds: number): string {
  const words: string[] = [];
  let next = 0;
  for (const [second, value] of samples) {
    const step = (second + historySeconds) / gridSeconds;
    if (step > next) words.push(step === next + 1 ? "_" : `_x${step - next}`);
    words.push(typeof value === "object" ? nativeText(value) : String(value));
    next = step + 1;
  }
  return words.join(" ");
}
