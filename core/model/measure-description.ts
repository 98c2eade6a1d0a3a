import type { MetricMeasure } from "./measure";
import type { MatcherValue } from "./query";

/** What a panel of a measure shows, in a sentence: the help of its metric, and what was made of it. */
export function describeMeasure(measure: MetricMeasure): string {
  switch (measure.type) {
    case "ratio":
      return `${sentence(measure.counter.help)}: the share with ${Object.keys(measure.bad).join(" and ")} ${describeMatchers(measure.bad)}.`;
    case "quantile":
      return `${sentence(measure.histogram.help)}: ${Number((measure.quantile * 100).toPrecision(6))} % are at most this.`;
    case "rate":
      return `${sentence(measure.counter.help)}: how many a second.`;
    case "increase":
      return `${sentence(measure.counter.help)}: how many within the last ${measure.within ?? "while"}.`;
    case "level":
      return `${sentence(measure.gauge.help)}.`;
  }
}

function sentence(help: string): string {
  return help.trim().replace(/\.$/, "");
}

/** "rejected or error" of `/rejected|error/`, "5xx" of `/5../`. */
export function describeMatchers(matchers: Readonly<Record<string, MatcherValue>>): string {
  return Object.values(matchers)
    .map((matcher) => {
      if (typeof matcher === "string") return matcher;
      const { source } = matcher instanceof RegExp ? matcher : new RegExp("bad");
      return source.replace(/^(\d)\.\.$/, "$1xx").replaceAll("|", " or ");
    })
    .join(" ");
}
