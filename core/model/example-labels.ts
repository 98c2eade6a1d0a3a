import type { Labels, LabelValues } from "./metric";
import type { MatcherValue } from "./query";

type Matched = Readonly<Record<string, MatcherValue>>;

/** Values for labels whose list the service keeps to itself; which one fits, its matchers say. */
const usual = ["example", "200", "404", "500", "GET", "success", "error"] as const;

/**
 * Labels for a series of an example: each with a value that all matchers admit and, on the labels of `unlike`, one that
 * those do not. A label that is grouped by and is none of the metric's own, such as `instance`, is "example". Undefined
 * where no value fits.
 */
export function exampleLabels(
  metric: { readonly labels: Labels },
  by: readonly string[],
  like: readonly Matched[],
  unlike: readonly Matched[] = [],
): Readonly<Record<string, string>> | undefined {
  const matched = [...like, ...unlike].flatMap((matchers) => Object.keys(matchers));
  const names = [...new Set([...Object.keys(metric.labels), ...by, ...matched])];
  const chosen = names.map((name) => [name, valueOf(metric.labels[name], named(like, name), named(unlike, name))] as const);
  if (chosen.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(chosen.map(([name, value]) => [name, value ?? ""]));
}

function named(all: readonly Matched[], label: string): readonly MatcherValue[] {
  return all.flatMap((matchers) => matchers[label] ?? []);
}

function valueOf(
  values: LabelValues | undefined,
  like: readonly MatcherValue[],
  unlike: readonly MatcherValue[],
): string | undefined {
  const candidates = values === undefined || "atMost" in values ? [...usual, ...like.flatMap(spelt)] : values;
  return candidates.find(
    (value) => like.every((matcher) => admits(matcher, value)) && !unlike.some((matcher) => admits(matcher, value)),
  );
}

/** Values that a matcher spells: itself, or the alternatives of a simple regular expression. */
function spelt(matcher: MatcherValue): readonly string[] {
  if (typeof matcher === "string") return [matcher];
  return matcher instanceof RegExp
    ? matcher.source.replaceAll("\\/", "/").replaceAll(".+", "x").replaceAll(".", "0").split("|")
    : [];
}

function admits(matcher: MatcherValue, value: string): boolean {
  if (typeof matcher === "string") return matcher === value;
  if (matcher instanceof RegExp) return new RegExp(`^(?:${matcher.source})$`).test(value);
  return !admits(matcher.value, value);
}
