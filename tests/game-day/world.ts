import { bucketLabel, series, type SeriesLabels } from "../../model/example";
import type { Histogram, Labels, Series } from "../../model/metric";

/** A quantity over the seconds since the scene began; before it is the history. */
export type Course = (second: number) => number;

/** One series that a target exports. */
export interface ExportedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: Course;
}

/** Something that Prometheus scrapes. */
export interface Target {
  readonly job: string;
  readonly instance: string;
  /** From this second on it does not answer. It always does when left out. */
  readonly diesAt?: number;
  readonly exports: readonly ExportedSeries[];
}

/** So long is the history of every scene. */
export const historySeconds = 7200;

/** A gauge that does not change, or changes once. */
export function staying(value: number, change: { readonly to: number; readonly at: number } = { to: value, at: 0 }): Course {
  return (second) => (second < change.at ? value : change.to);
}

/** A counter that grows from one second on, and until another; always when left out. */
export function growing(perSecond: number, { from = -historySeconds, until = Infinity } = {}): Course {
  return (second) => perSecond * (Math.min(Math.max(second, from), until) - from);
}

/** A series of a declared metric. */
export function exported<L extends Labels>(
  metric: Series<L>,
  labels: NoInfer<SeriesLabels<L>>,
  value: Course,
): readonly ExportedSeries[] {
  const { name, labels: set } = series(metric, labels, "");
  return [{ name, labels: set, value }];
}

/** The series of a histogram, of observations that are at most so large. */
export function observed<L extends Labels>(
  metric: Histogram<L>,
  labels: NoInfer<SeriesLabels<L>>,
  flows: readonly { readonly atMost: number; readonly count: Course }[],
): readonly ExportedSeries[] {
  const upTo =
    (bound: number): Course =>
    (second) =>
      flows.reduce((sum, { atMost, count }) => (atMost <= bound ? sum + count(second) : sum), 0);
  const { labels: set } = series(metric.count, labels, "");
  return [
    ...[...metric.buckets, Infinity].map((bound) => ({
      name: metric.bucket.name,
      labels: { ...set, le: bound === Infinity ? "+Inf" : bucketLabel(bound) },
      value: upTo(bound),
    })),
    { name: metric.count.name, labels: set, value: upTo(Infinity) },
  ];
}

/** The targets, of which some export other series instead, or more. */
export function exporting(targets: readonly Target[], instance: RegExp, changed: readonly ExportedSeries[]): readonly Target[] {
  const keys = new Set(changed.map(seriesText));
  return targets.map((target) =>
    instance.test(target.instance)
      ? { ...target, exports: [...target.exports.filter((each) => !keys.has(seriesText(each))), ...changed] }
      : target,
  );
}

/** What a target answers to a scrape at a second, or undefined when it is dead. */
export function answerOf({ diesAt = Infinity, exports }: Target, second: number): string | undefined {
  if (second >= diesAt) return undefined;
  return exports.map((each) => `${seriesText(each)} ${each.value(second)}\n`).join("");
}

/** The history as `promtool tsdb create-blocks-from openmetrics` reads it, up to the moment when the scene begins. */
export function historyOf(targets: readonly Target[], beginning: number): string {
  const everySeconds = 30;
  const seconds = Array.from({ length: historySeconds / everySeconds + 1 }, (_, step) => step * everySeconds - historySeconds);
  const lines = targets.flatMap(({ job, instance, diesAt = Infinity, exports }) => {
    const scraped = ({ name, labels, value }: ExportedSeries, until: number): readonly string[] => {
      const text = seriesText({ name, labels: { ...labels, job, instance } });
      return seconds.filter((second) => second < until).map((second) => `${text} ${value(second)} ${beginning + second}`);
    };
    const up = { name: "up", labels: {}, value: staying(1, { to: 0, at: diesAt }) };
    return [...scraped(up, Infinity), ...exports.flatMap((each) => scraped(each, diesAt))];
  });
  return `${lines.join("\n")}\n# EOF\n`;
}

function seriesText({ name, labels }: Pick<ExportedSeries, "name" | "labels">): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.sort().join(",")}}`;
}
