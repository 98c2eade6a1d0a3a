import { formatFloat } from "../model/float";
import type { Seconds } from "../model/good-day";
import { seriesNames } from "../model/metric";
import type { Flow, Phase } from "./flow";
import { countOf, nativeValue } from "./native-value";
import type { StoredValue } from "./stored-series";

/** One series as a process exports it; undefined while it exports no such series. */
export interface ExportedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** @param begun when the process began, in seconds of the situation; -Infinity when before the history. */
  readonly value: (second: number, begun: number) => StoredValue | undefined;
}

/** So many seconds of history an old process has counted in the situation, beside what it had before. */
const oldest = -7200;

/** The series that a flow becomes. */
export function seriesOf(flow: Flow): readonly ExportedSeries[] {
  const { metric, labels } = flow;
  if (metric.type === "gauge") return [{ name: metric.name, labels, value: (second) => levelAt(flow, second) }];
  if (metric.type === "counter") return [{ name: metric.name, labels, value: counted(flow, all) }];
  if (metric.type === "native-histogram") return [{ name: metric.name, labels, value: observed(flow) }];
  const [bucket = "", count = "", sum = ""] = seriesNames(metric);
  return [
    ...[...metric.buckets, Infinity].map((bound) => ({
      name: bucket,
      labels: { ...labels, le: formatFloat(bound) },
      value: counted(flow, within(bound)),
    })),
    { name: count, labels, value: counted(flow, all) },
    {
      name: sum,
      labels,
      value: (second, begun) =>
        isExported(flow, begun, wholeCounts(flow, { second, begun }, all)) ? timeSpent(flow, { second, begun }) : undefined,
    },
  ];
}

/** A process, at a second. */
interface Moment {
  readonly second: number;
  readonly begun: number;
}

/** Which part of events that take so long counts. */
type Share = (seconds: Seconds | undefined) => number;

const all: Share = () => 1;

function counted(flow: Flow, share: Share): ExportedSeries["value"] {
  return (second, begun) => {
    const moment = { second, begun };
    return isExported(flow, begun, wholeCounts(flow, moment, all)) ? wholeCounts(flow, moment, share) : undefined;
  };
}

/** Each bucket counts whole events, so that none ever counts fewer than before. */
function observed(flow: Flow): ExportedSeries["value"] {
  const phases = flow.phases.length > 0 ? flow.phases : [{}];
  const durations = [...new Set(phases.flatMap(({ seconds }: Partial<Phase>) => sharesOf(seconds).map(([, each]) => each)))];
  return (second, begun) => {
    const moment = { second, begun };
    const events = durations.map((each) => [each, wholeCounts(flow, moment, exactly(each))] as const);
    const value = nativeValue(events, timeSpent(flow, moment));
    return isExported(flow, begun, countOf(value)) ? value : undefined;
  };
}

/** Whether a process has the series after so many events. */
function isExported(flow: Flow, begun: number, count: number): boolean {
  return count >= 1 || flow.isBornWithProcess || (begun === -Infinity && flow.before > 0);
}

function levelAt({ phases }: Flow, second: number): number {
  return phases.findLast(({ from }) => from <= second)?.value ?? 0;
}

function wholeCounts(flow: Flow, moment: Moment, share: Share): number {
  return Math.floor(eventsUntil(flow, moment, share) + 1e-6);
}

/** Events of a process until a second. */
function eventsUntil(flow: Flow, { second, begun }: Moment, share: Share): number {
  const before = begun === -Infinity ? flow.before * share(flow.phases[0]?.seconds) : 0;
  return flow.phases.reduce((sum, phase, index) => {
    const events = phase.value * overlap(flow.phases, index, { from: begun, until: second });
    return sum + events * share(phase.seconds);
  }, before);
}

function timeSpent(flow: Flow, { second, begun }: Moment): number {
  const spent = flow.phases.reduce((sum, phase, index) => {
    const events = phase.value * overlap(flow.phases, index, { from: begun, until: second });
    return sum + events * meanOf(phase.seconds);
  }, 0);
  return Number(spent.toPrecision(9));
}

/** For how many seconds a phase goes on within a span. */
function overlap(phases: readonly Phase[], index: number, span: { readonly from: number; readonly until: number }): number {
  const from = Math.max(phases[index]?.from ?? 0, span.from, oldest);
  const until = Math.min(phases[index + 1]?.from ?? Infinity, span.until);
  return Math.max(0, until - from);
}

/** Events that take at most so long; all of them where nobody says how long they take. */
function within(atMost: number): Share {
  if (atMost === Infinity) return all;
  return (seconds) =>
    seconds === undefined ? 1 : sharesOf(seconds).reduce((sum, [share, each]) => (each <= atMost ? sum + share : sum), 0);
}

function exactly(duration: number): Share {
  return (seconds) => sharesOf(seconds).reduce((sum, [share, each]) => (each === duration ? sum + share : sum), 0);
}

function meanOf(seconds: Seconds | undefined): number {
  return sharesOf(seconds).reduce((sum, [share, each]) => sum + share * each, 0);
}

/** Where nobody says how long events take, they take no time. */
function sharesOf(seconds: Seconds | undefined): readonly (readonly [share: number, seconds: number])[] {
  return typeof seconds === "object" ? seconds : [[1, seconds ?? 0]];
}
