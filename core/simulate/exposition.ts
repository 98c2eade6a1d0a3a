import type { Target } from "./target";

/**
 * What a target answers to a scrape at a second of the situation, or undefined when it does not. The text format has no native
 * histograms: a process exports them in Protocol Buffers only.
 */
export function answerOf({ answers, exports }: Target, second: number): string | undefined {
  if (!answers(second)) return undefined;
  const lines = exports.flatMap(({ name, labels, value }) => {
    const now = value(second);
    return typeof now !== "number" ? [] : [`${seriesText(name, labels)} ${now}\n`];
  });
  return lines.join("");
}

/** A series as PromQL and the exposition format write it. */
export function seriesText(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.sort().join(",")}}`;
}
