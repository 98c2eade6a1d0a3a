import { selectorText, type Selected } from "../../core/replay/selected";
import { sideBySide } from "../system/side-by-side";
import { questionsAtOnce, seriesKey, type AnsweredSeries, type BoundedServer } from "./bounded-server";
import type { Reading } from "./read-samples";

/** When series ended, by {@link seriesKey}; seconds in Unix time. */
export type Ends = ReadonlyMap<string, { readonly labels: AnsweredSeries["labels"]; readonly seconds: readonly number[] }>;

/** Of each series, in one answer: a server holds so many samples of all of them at once. */
const stepsPerAnswer = 2000;

/**
 * When series end before their last sample is old: Prometheus marks that when a target or a series is gone, and no query returns the
 * mark. Seen at the evaluations: there a series has samples that are young enough, and is not there all the same. The mark is put at
 * the first such evaluation, so that each one sees what the server's rules saw.
 */
export async function endsOf(server: BoundedServer, reading: Reading, starts: ReadonlyMap<Selected, number>): Promise<Ends> {
  const { selected, until, everySeconds, lookbackSeconds } = reading;
  const ends = new Map<string, { labels: AnsweredSeries["labels"]; seconds: number[] }>();
  const read = async (one: Selected): Promise<void> => {
    const text = selectorText(one);
    const query = `last_over_time(${text}[${Math.round(lookbackSeconds * 1000)}ms]) unless ${text}`;
    const first = Math.ceil((starts.get(one) ?? until) / everySeconds) * everySeconds;
    for (let start = first; start <= until; start += stepsPerAnswer * everySeconds) {
      const end = Math.min(until, start + (stepsPerAnswer - 1) * everySeconds);
      const { series } = await server.matrix({ query, start, end, step: everySeconds });
      for (const { labels, samples } of series) {
        const known = ends.get(seriesKey(labels)) ?? { labels, seconds: [] };
        ends.set(seriesKey(labels), known);
        known.seconds.push(...beginnings(samples, everySeconds));
      }
    }
  };
  await sideBySide(selected, read, questionsAtOnce);
  return ends;
}

/** Of evaluations in a row, the first. */
function beginnings(samples: AnsweredSeries["samples"], everySeconds: number): readonly number[] {
  return samples.flatMap(([second], index) => {
    const before = samples[index - 1]?.[0];
    return before !== undefined && second - before < everySeconds * 1.5 ? [] : [second];
  });
}
