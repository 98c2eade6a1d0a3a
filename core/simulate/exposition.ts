import type { StoredSeries } from "./stored-series";
import type { Target } from "./target";

/** What a target answers to a scrape at a second of the situation, or undefined when it does not. */
export function answerOf({ answers, exports }: Target, second: number): string | undefined {
  if (!answers(second)) return undefined;
  const lines = exports.flatMap(({ name, labels, value }) => {
    const now = value(second);
    return now === undefined ? [] : [`${seriesText(name, labels)} ${now}\n`];
  });
  return lines.join("");
}

/**
 * Stored series as `promtool tsdb create-blocks-from openmetrics` reads them; second 0 is `beginning`, in seconds of the epoch.
 * The format has no markers: a series that has ended is seen for five more minutes.
 */
export function historyOf(stored: readonly StoredSeries[], beginning: number): string {
  const lines = stored.flatMap(({ name, labels, samples }) => {
    const text = seriesText(name, labels);
    return samples.flatMap(([second, value]) => (value === "stale" ? [] : [`${text} ${value} ${beginning + second}`]));
  });
  return `${lines.join("\n")}\n# EOF\n`;
}

/** A series as PromQL and the exposition format write it. */
export function seriesText(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.sort().join(",")}}`;
}
