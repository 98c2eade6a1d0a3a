import { parse } from "yaml";
import { z } from "zod";
import { secondsOf } from "../../core/load/files/prometheus-configuration";
import { lookbackSecondsIn } from "../prometheus/lookback";
import type { BoundedServer } from "./bounded-server";

/** How a server evaluates rules. */
export interface ServerFacts {
  /** How often groups are evaluated that do not say it. */
  readonly everySeconds: number;
  /** For how long a sample is the present one. */
  readonly lookbackSeconds: number;
}

const configuration = z.looseObject({ global: z.looseObject({ evaluation_interval: z.string().optional() }).optional() });

/** What Prometheus does where it is not told otherwise. */
const usualInterval = 60;

/** Asks a server for how it evaluates rules; one that does not say it is taken for usual. */
export async function factsOf(server: BoundedServer): Promise<ServerFacts> {
  const answered = await server.askIfKnown("status/config", z.object({ yaml: z.string() }));
  const flags = await server.askIfKnown("status/flags", z.record(z.string(), z.string()));
  return {
    everySeconds: intervalIn(answered?.yaml) ?? usualInterval,
    lookbackSeconds: lookbackSecondsIn(flags),
  };
}

function intervalIn(yaml = ""): number | undefined {
  try {
    return secondsOf(configuration.safeParse(parse(yaml, { logLevel: "silent" })).data?.global?.evaluation_interval);
  } catch {
    return undefined;
  }
}

/** Of each target, in one answer: a server holds so many samples of all of them at once. */
const stepsPerAnswer = 2000;

/** When a server had data, told by `up`, which each scrape writes. */
export interface Presence {
  /** Undefined where the server has no `up`, so that nobody knows. */
  readonly dataFrom?: number;
  /** Times without any, from the first second without to the first with it. */
  readonly gaps: readonly { readonly from: number; readonly until: number }[];
}

/** Asks a server from when on it has data, and when it had none in between. */
export async function presenceOf(
  server: BoundedServer,
  { from, until, everySeconds }: { readonly from: number; readonly until: number; readonly everySeconds: number },
): Promise<Presence> {
  const seconds: number[] = [];
  for (let start = Math.ceil(from / everySeconds) * everySeconds; start <= until; start += stepsPerAnswer * everySeconds) {
    const end = Math.min(until, start + (stepsPerAnswer - 1) * everySeconds);
    const { series } = await server.matrix({ query: "count(up)", start, end, step: everySeconds });
    seconds.push(...series.flatMap(({ samples }) => samples.map(([second]) => second)));
  }
  const [dataFrom] = seconds;
  if (dataFrom === undefined) return { gaps: [] };
  const ends = [...seconds, Math.floor(until / everySeconds + 1) * everySeconds];
  const gaps = ends.flatMap((second, index) => {
    const before = ends[index - 1] ?? second;
    return second - before > everySeconds * 1.5 ? [{ from: before + everySeconds, until: second }] : [];
  });
  return { dataFrom, gaps };
}
