import { z } from "zod";
import { askPrometheus, type Parameters } from "../prometheus/ask";
import { describeServer } from "../system/failure";
import type { CannotTell } from "../system/read-reply";
import { UserError } from "../system/user-error";

/** Why nothing can be told: never that nothing would have fired. */
export class CannotBacktest extends UserError {
  override readonly exitCode = 2;
}

/** What a backtest may cost the server that it reads. */
export interface Limits {
  readonly requests: number;
  readonly samples: number;
  readonly series: number;
  /** Of one answer. */
  readonly bytes: number;
}

/** How many questions it is asked at the same time. */
export const questionsAtOnce = 4;

/** What it may cost at most. */
export const usualLimits: Limits = { requests: 10_000, samples: 50_000_000, series: 50_000, bytes: 64 * 1024 * 1024 };

/** A series of an answer; samples in Unix seconds. */
export interface AnsweredSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [second: number, value: number])[];
}

/** The series of an answer, and the names of metrics of which there are native histograms, which are not among them. */
export interface Matrix {
  readonly series: readonly AnsweredSeries[];
  readonly histograms: readonly string[];
}

// The samples are read by hand: there may be millions.
const matrix = z.object({
  resultType: z.literal("matrix"),
  result: z.array(
    z.object({
      metric: z.record(z.string(), z.string()),
      values: z.array(z.unknown()).optional(),
      histograms: z.unknown().optional(),
    }),
  ),
});

/** A Prometheus that is asked at most so often, and until one moment. It throws {@link CannotBacktest} with what goes wrong. */
export class BoundedServer {
  private asked = 0;

  constructor(
    private readonly server: { readonly url: string; readonly signal: AbortSignal },
    readonly limits: Limits,
    private readonly endsAt: number,
  ) {}

  /** Answers with the `data` of a question. */
  async ask<T>(path: string, parameters: Parameters, data: z.ZodType<T>): Promise<T> {
    const told = await this.tryToAsk(path, parameters, data);
    if ("cannotTell" in told) throw this.cannotTell(told.cannotTell);
    // A part may be missing then: what would have fired on it is not known.
    if (told.warnings[0] !== undefined) throw this.cannotTell(`it warns: ${told.warnings[0]}`);
    return told.data;
  }

  /** The same for what not every server says. */
  async askIfKnown<T>(path: string, data: z.ZodType<T>): Promise<T | undefined> {
    const told = await this.tryToAsk(path, {}, data);
    return "data" in told ? told.data : undefined;
  }

  /** What a query has over a time, or, without one, what a selector of a range has. */
  async matrix(parameters: Parameters): Promise<Matrix> {
    return readMatrix(await this.ask(matrixPath(parameters), this.withTimeout(parameters), matrix));
  }

  /** The same for a query that may fail, whatever it warns of. */
  async matrixIfPossible(parameters: Parameters): Promise<Matrix | CannotTell> {
    const told = await this.tryToAsk(matrixPath(parameters), this.withTimeout(parameters), matrix);
    return "data" in told ? readMatrix(told.data) : told;
  }

  /** That nothing can be told, and why. */
  cannotTell(why: string): CannotBacktest {
    return new CannotBacktest(`Cannot tell: ${describeServer(this.server.url)}: ${why}.`);
  }

  private async tryToAsk<T>(path: string, parameters: Parameters, data: z.ZodType<T>) {
    if (++this.asked > this.limits.requests)
      throw this.cannotTell(`more than ${this.limits.requests} questions would be needed. Ask for fewer days (--days)`);
    if (this.left() <= 0)
      throw this.cannotTell("the time is up. Give it more (--timeout-seconds), or ask for fewer days (--days)");
    const { url, signal } = this.server;
    return askPrometheus({ url, signal, timeoutSeconds: this.left(), bytes: this.limits.bytes }, { path, parameters, data });
  }

  private withTimeout(parameters: Parameters): Parameters {
    return { ...parameters, timeout: `${Math.ceil(this.left())}s` };
  }

  private left(): number {
    return (this.endsAt - Date.now()) / 1000;
  }
}

function matrixPath(parameters: Parameters): string {
  return "start" in parameters ? "query_range" : "query";
}

function readMatrix({ result }: z.infer<typeof matrix>): Matrix {
  return {
    series: result.flatMap(({ metric: labels, values }) => (values ? [{ labels, samples: values.map(readSample) }] : [])),
    histograms: result.flatMap(({ metric, histograms }) => (histograms === undefined ? [] : [metric["__name__"] ?? ""])),
  };
}

function readSample(sample: unknown): readonly [number, number] {
  const pair: readonly unknown[] = Array.isArray(sample) ? sample : [];
  const [second, value] = pair;
  if (typeof second !== "number" || typeof value !== "string")
    throw new CannotBacktest("Cannot tell: a sample is no pair of numbers.");
  return [second, readValue(value)];
}

function readValue(text: string): number {
  if (text === "+Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}

/** Names a series by all its labels. */
export function seriesKey(labels: AnsweredSeries["labels"]): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
