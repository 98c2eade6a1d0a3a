import { selectorText, type Selected } from "../../core/replay/selected";
import type { Sample, StoredSeries } from "../../core/simulate/stored-series";
import { sideBySide } from "../system/side-by-side";
import { questionsAtOnce, seriesKey, type AnsweredSeries, type BoundedServer } from "./bounded-server";
import { endsOf, type Ends } from "./series-ends";

/** What is to be read. Times in Unix seconds. */
export interface Reading {
  readonly selected: readonly Selected[];
  /** The time that is looked at: a selector is read from so long before it as it reaches. */
  readonly from: number;
  readonly until: number;
  /** From when on the server has anything. */
  readonly dataFrom: number;
  /** How often rules are evaluated: between two evaluations nobody sees when a series ends. */
  readonly everySeconds: number;
  readonly lookbackSeconds: number;
}

/** What was read. */
export interface ReadCounts {
  readonly samples: number;
  readonly series: number;
  /** The time of the oldest sample; Infinity where there is none. */
  readonly oldest: number;
  /** The names of metrics of which there are native histograms: these were not read. */
  readonly histograms: ReadonlySet<string>;
}

const firstPageSeconds = 600;
const longestPageSeconds = 86_400;
const samplesPerPage = 1_000_000;

/**
 * Reads the raw samples of a server once, page by page in the order of time, with their own time stamps, and the ends of series.
 * Each page is handed over before the next one is asked for.
 */
export async function readSamples(
  server: BoundedServer,
  reading: Reading,
  onPage: (series: readonly StoredSeries[]) => Promise<void>,
): Promise<ReadCounts> {
  const { selected, until } = reading;
  const starts = new Map(
    selected.map((one) => [one, Math.max(reading.from - one.reachSeconds, reading.dataFrom - reading.everySeconds)]),
  );
  const first = Math.min(until, ...starts.values());
  const ends = await endsOf(server, reading, starts);
  const histograms = new Set<string>();
  const known = new Set<string>();
  let samples = 0;
  let oldest = Infinity;
  let seconds = firstPageSeconds;
  for (let from = first; from < until;) {
    const to = Math.min(from + seconds, until);
    const page = new Page(from, to, ends);
    const read = async (one: Selected): Promise<void> => {
      const start = Math.max(from, starts.get(one) ?? from);
      if (start >= to) return;
      const query = `${selectorText(one)}[${Math.round((to - start) * 1000)}ms]`;
      const answer = await server.matrix({ query, time: to });
      for (const name of answer.histograms) histograms.add(name);
      for (const series of answer.series) page.add(series, start);
    };
    await sideBySide(selected, read, questionsAtOnce);
    samples += page.samples;
    oldest = Math.min(oldest, page.oldest);
    for (const key of page.keys()) known.add(key);
    refuseTooMuch(server, reading, { samples, series: known.size, share: (to - first) / (until - first) });
    await onPage(page.stored());
    from = to;
    const growth = Math.min(8, samplesPerPage / Math.max(1, page.samples));
    seconds = Math.min(longestPageSeconds, Math.max(60, seconds * growth));
  }
  return { samples, series: known.size, oldest, histograms };
}

function refuseTooMuch(
  server: BoundedServer,
  { from, until }: Reading,
  { samples, series, share }: { readonly samples: number; readonly series: number; readonly share: number },
): void {
  const { limits } = server;
  if (series > limits.series)
    throw server.cannotTell(
      `the alerts read more than ${limits.series} series. Ask for fewer days (--days), or for fewer alerts`,
    );
  const projected = samples / share;
  // What was read so far may be the busiest part.
  if (samples <= limits.samples && projected <= 2 * limits.samples) return;
  const days = Math.floor(((until - from) / 86_400) * (limits.samples / projected) * 10) / 10;
  throw server.cannotTell(
    `the alerts read about ${Math.ceil(projected / 1e6)} million samples, and at most ${limits.samples / 1e6} million are read. Ask for fewer days: --days ${Math.max(0.1, days)}`,
  );
}

/** The series of some time; what several selectors have selected is there once. */
class Page {
  samples = 0;
  oldest = Infinity;
  private readonly series = new Map<string, { readonly labels: AnsweredSeries["labels"]; readonly parts: Sample[][] }>();

  constructor(
    from: number,
    private readonly until: number,
    ends: Ends,
  ) {
    for (const [key, { labels, seconds }] of ends) {
      const within = seconds.filter((second) => second > from && second <= until);
      if (within.length > 0) this.series.set(key, { labels, parts: [within.map((second): Sample => [second, "stale"])] });
    }
  }

  /** Prometheus 2 takes the sample at the beginning of a range as well. */
  add({ labels, samples }: AnsweredSeries, after: number): void {
    const key = seriesKey(labels);
    const known = this.series.get(key) ?? { labels, parts: [] };
    this.series.set(key, known);
    const within = samples.filter(([second]) => second > after && second <= this.until);
    known.parts.push(within);
    this.samples += within.length;
    this.oldest = Math.min(this.oldest, within[0]?.[0] ?? Infinity);
  }

  keys(): Iterable<string> {
    return this.series.keys();
  }

  stored(): readonly StoredSeries[] {
    return [...this.series.values()].map(({ labels: { __name__: name = "", ...labels }, parts }) => {
      const [only = [], ...others] = parts;
      if (others.length === 0) return { name, labels, samples: only };
      const byTime = new Map(parts.flat().map((sample) => [sample[0], sample]));
      return { name, labels, samples: [...byTime.values()].sort(([a], [b]) => a - b) };
    });
  }
}
