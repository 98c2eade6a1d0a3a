import { formatFloat } from "../model/float";
import type { GoodDay, LabelChoice, Seconds, Usual } from "../model/good-day";
import { seriesNames, type Catalog, type Labels, type Metric } from "../model/metric";

/** From a second of the situation on: the value of a gauge, or events a second of a counter or histogram. */
export interface Phase {
  readonly from: number;
  readonly value: number;
  /** How long events take, in a histogram. */
  readonly seconds?: Seconds;
}

/** What happens in one process to one metric with one set of labels. Seconds count from the start of the situation. */
export interface Flow {
  readonly metric: Metric;
  readonly labels: Readonly<Record<string, string>>;
  /** In order; before the first, the value is 0. */
  readonly phases: readonly Phase[];
  /** What a process that is older than the history has counted before it. */
  readonly before: number;
  /** Whether users bring it about. */
  readonly isTraffic: boolean;
  /** Whether the series is there with 0 before its first increment. */
  readonly isBornWithProcess: boolean;
}

/** One series as a process exports it; undefined while it exports no such series. */
export interface ExportedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** @param begun when the process began, in seconds of the situation; -Infinity when before the history. */
  readonly value: (second: number, begun: number) => number | undefined;
}

/** So many seconds of history an old process has counted in the situation, beside what it had before. */
const oldest = -7200;

/** All flows of a service's good day, and its gauges that nobody speaks of, at 0. */
export function flowsOf(catalog: Catalog, day: GoodDay): readonly Flow[] {
  const spoken = new Set([...day.traffic, ...day.background].flatMap((usual) => expand(usual, false)).map(flowKey));
  const gauges = Object.values(catalog).filter(({ type }) => type === "gauge");
  const born = new Set((day.fromTheStart ?? []).map(({ name }) => name));
  const flows = [
    ...day.traffic.flatMap((usual) => expand(usual, true)),
    ...day.background.flatMap((usual) => expand(usual, false)),
    ...gauges.flatMap((metric) => idle(metric)).filter((flow) => !spoken.has(flowKey(flow))),
    ...(day.fromTheStart ?? []).flatMap((metric) => idle(metric)).filter((flow) => !spoken.has(flowKey(flow))),
  ];
  return flows.map((flow) => (born.has(flow.metric.name) ? { ...flow, isBornWithProcess: true } : flow));
}

/** A flow of a metric in which nothing happens, for each combination of listed label values. */
export function idle(metric: Metric, labels: LabelChoice = {}): readonly Flow[] {
  return combinations(metric.labels, labels).map((set) => ({
    metric,
    labels: set,
    phases: [],
    before: 0,
    isTraffic: false,
    isBornWithProcess: false,
  }));
}

function expand(usual: Usual, isTraffic: boolean): readonly Flow[] {
  const value = usual.type === "level" ? usual.value : usual.perMinute / 60;
  const phase = { from: -Infinity, value, ...(usual.type === "latency" && { seconds: usual.seconds }) };
  return combinations(usual.metric.labels, usual.labels).map((labels) => ({
    metric: usual.metric,
    labels,
    phases: [phase],
    before: 0,
    isTraffic,
    isBornWithProcess: false,
  }));
}

/** Every combination of the chosen values; a label that is not chosen takes all its listed ones. */
function combinations(declared: Labels, chosen: LabelChoice): readonly Readonly<Record<string, string>>[] {
  return Object.entries(declared).reduce<readonly Readonly<Record<string, string>>[]>(
    (sets, [label, values]) => {
      const taken = chosen[label] ?? ("atMost" in values ? "example" : values);
      const each = typeof taken === "string" ? [taken] : taken;
      return sets.flatMap((set) => each.map((value) => ({ ...set, [label]: value })));
    },
    [{}],
  );
}

/** The key by which one flow takes the place of another. */
export function flowKey({ metric, labels }: Pick<Flow, "metric" | "labels">): string {
  return `${metric.name}${JSON.stringify(Object.entries(labels).sort())}`;
}

/** The series that a flow becomes. */
export function seriesOf(flow: Flow): readonly ExportedSeries[] {
  const { metric, labels } = flow;
  const isVisible = (count: number): boolean => count >= 1 || flow.isBornWithProcess || flow.before > 0;
  const counted =
    (upTo: number): ExportedSeries["value"] =>
    (second, begun) => {
      const all = Math.floor(counts(flow, second, begun, Infinity) + 1e-6);
      if (begun !== -Infinity ? !(all >= 1 || flow.isBornWithProcess) : !isVisible(all)) return undefined;
      return upTo === Infinity ? all : Math.floor(counts(flow, second, begun, upTo) + 1e-6);
    };
  if (metric.type === "gauge") return [{ name: metric.name, labels, value: (second) => levelAt(flow, second) }];
  if (metric.type === "counter") return [{ name: metric.name, labels, value: counted(Infinity) }];
  if (metric.type === "native-histogram") return []; // samples of a simulation are numbers
  const [bucket = "", count = "", sum = ""] = seriesNames(metric);
  return [
    ...[...metric.buckets, Infinity].map((bound) => ({
      name: bucket,
      labels: { ...labels, le: formatFloat(bound) },
      value: counted(bound),
    })),
    { name: count, labels, value: counted(Infinity) },
    {
      name: sum,
      labels,
      value: (second, begun) =>
        counted(Infinity)(second, begun) === undefined ? undefined : Number(timeSpent(flow, second, begun).toPrecision(9)),
    },
  ];
}

function levelAt({ phases }: Flow, second: number): number {
  return phases.findLast(({ from }) => from <= second)?.value ?? 0;
}

/** Events of a process until a second, of those that took at most so long. */
function counts(flow: Flow, second: number, begun: number, atMost: number): number {
  const before = begun === -Infinity ? flow.before * shareWithin(flow.phases[0]?.seconds, atMost) : 0;
  return flow.phases.reduce((sum, phase, index) => {
    const events = phase.value * overlap(flow.phases, index, { from: begun, until: second });
    return sum + events * shareWithin(phase.seconds, atMost);
  }, before);
}

function timeSpent(flow: Flow, second: number, begun: number): number {
  return flow.phases.reduce((sum, phase, index) => {
    const events = phase.value * overlap(flow.phases, index, { from: begun, until: second });
    return sum + events * meanOf(phase.seconds);
  }, 0);
}

/** For how many seconds a phase goes on within a span. */
function overlap(phases: readonly Phase[], index: number, span: { readonly from: number; readonly until: number }): number {
  const from = Math.max(phases[index]?.from ?? 0, span.from, oldest);
  const until = Math.min(phases[index + 1]?.from ?? Infinity, span.until);
  return Math.max(0, until - from);
}

function shareWithin(seconds: Seconds | undefined, atMost: number): number {
  if (seconds === undefined || atMost === Infinity) return 1;
  if (typeof seconds === "number") return seconds <= atMost ? 1 : 0;
  return seconds.reduce((sum, [share, each]) => (each <= atMost ? sum + share : sum), 0);
}

function meanOf(seconds: Seconds | undefined): number {
  if (seconds === undefined) return 0;
  return typeof seconds === "number" ? seconds : seconds.reduce((sum, [share, each]) => sum + share * each, 0);
}
