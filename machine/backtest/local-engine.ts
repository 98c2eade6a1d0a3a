import type { Evaluations, Result } from "../../core/replay/states";
import type { StoredSeries } from "../../core/simulate/stored-series";
import { startWrittenPrometheus, writeSeries } from "../../core/simulate/written-prometheus";
import type { CannotTell } from "../system/read-reply";
import { BoundedServer } from "./bounded-server";

/** How a Prometheus of this machine is started. */
export interface EngineOptions {
  /** The path of prometheus. */
  readonly command: string;
  /** Empty, and its own. */
  readonly folder: string;
  readonly lookbackSeconds: number;
  readonly signal: AbortSignal;
  /** Until when it may work, in milliseconds since 1970. */
  readonly endsAt: number;
}

const samplesPerWrite = 200_000;
const stepsPerQuery = 2500;
const mebibyte = 1024 * 1024;

/** A Prometheus of this machine that has what was read, and evaluates queries over it. */
export class LocalEngine {
  private readonly evaluated = new Map<string, Promise<readonly Result[] | CannotTell>>();

  private constructor(
    private readonly url: string,
    private readonly server: BoundedServer,
    readonly stop: () => void,
  ) {}

  static async start({ command, folder, lookbackSeconds, signal, endsAt }: EngineOptions): Promise<LocalEngine> {
    const { url, stop } = await startWrittenPrometheus({
      command,
      folder,
      configuration: "{}",
      args: [
        `--query.lookback-delta=${Math.round(lookbackSeconds * 1000)}ms`,
        "--query.timeout=1h",
        "--enable-feature=promql-experimental-functions",
        "--storage.tsdb.retention.time=100y",
        // Everything stays in one part, in which samples of every age can be written: recordings come after what they read.
        "--storage.tsdb.min-block-duration=10000d",
        "--storage.tsdb.max-block-duration=10000d",
      ],
    });
    const limits = { requests: Infinity, samples: Infinity, series: Infinity, bytes: 400 * mebibyte };
    return new LocalEngine(url, new BoundedServer({ url, signal }, limits, endsAt), stop);
  }

  /** Writes series; of each, what was written before is older. */
  async write(series: readonly StoredSeries[]): Promise<void> {
    let batch: StoredSeries[] = [];
    let size = 0;
    for (const one of series) {
      for (let start = 0; start < one.samples.length; start += samplesPerWrite) {
        const part = one.samples.slice(start, start + samplesPerWrite);
        if (size + part.length > samplesPerWrite) {
          await this.send(batch);
          [batch, size] = [[], 0];
        }
        batch.push({ ...one, samples: part });
        size += part.length;
      }
    }
    if (size > 0) await this.send(batch);
  }

  /** What a query has at each of the evaluations, or why it fails. Two sides ask for nearly the same: that is evaluated once. */
  evaluate(query: string, evaluations: Evaluations): Promise<readonly Result[] | CannotTell> {
    const key = JSON.stringify([query, evaluations]);
    const known = this.evaluated.get(key) ?? this.evaluateNew(query, evaluations);
    this.evaluated.set(key, known);
    return known;
  }

  /**
   * The same, handed over part by part in the order of time, each with its last evaluation: there may be much of it. Answers with
   * why it failed, if it did.
   */
  async evaluateInParts(
    query: string,
    { from, until, everySeconds }: Evaluations,
    onPart: (results: readonly Result[], end: number) => Promise<CannotTell | undefined>,
  ): Promise<CannotTell | undefined> {
    for (let start = from; start <= until; start += stepsPerQuery * everySeconds) {
      const end = Math.min(until, start + (stepsPerQuery - 1) * everySeconds);
      const answer = await this.server.matrixIfPossible({ query, start, end, step: everySeconds });
      if ("cannotTell" in answer) return { cannotTell: `fails in evaluation: ${answer.cannotTell}` };
      if (answer.histograms.length > 0) return { cannotTell: "results in a native histogram" };
      const failure = await onPart(answer.series, end);
      if (failure) return failure;
    }
    return undefined;
  }

  private async evaluateNew(query: string, evaluations: Evaluations): Promise<readonly Result[] | CannotTell> {
    const found = new Map<string, { labels: Result["labels"]; samples: (readonly [number, number])[] }>();
    const failure = await this.evaluateInParts(query, evaluations, (results) => {
      for (const { labels, samples } of results) {
        const key = JSON.stringify(labels);
        const known = found.get(key) ?? { labels, samples: [] };
        found.set(key, known);
        for (const sample of samples) known.samples.push(sample);
      }
      return Promise.resolve(undefined);
    });
    return failure ?? [...found.values()];
  }

  private send(series: readonly StoredSeries[]): Promise<void> {
    return writeSeries({ url: this.url }, series, (second) => second * 1000);
  }
}
