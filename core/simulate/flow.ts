import type { GoodDay, LabelChoice, Seconds, Usual } from "../model/good-day";
import type { Catalog, Labels, Metric } from "../model/metric";

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
