import type { Cursor } from "./cursor";

/** One word, sign or literal of a PromQL text. */
export interface Token {
  readonly kind: "number" | "duration" | "string" | "identifier" | "metric" | "keyword" | "sign" | "end" | "error";
  /** As it is written; of an error what is wrong. */
  readonly text: string;
  /** A keyword in lower case, or the sign; empty for everything else, so that a string never looks like a keyword. */
  readonly word: string;
  /** Offset into the text. */
  readonly from: number;
}

const names = new Map<string, string>();

/** The same string for the same name, however often it is read: trees are kept, and what they name is looked up again and again. */
export function sameName(text: string): string {
  const known = names.get(text);
  if (known === undefined) names.set(text, text);
  return known ?? text;
}

/** The aggregations, with what stands before the vector in their parentheses. */
export const aggregations: Readonly<Record<string, "scalar" | "string" | undefined>> = {
  sum: undefined,
  avg: undefined,
  count: undefined,
  min: undefined,
  max: undefined,
  group: undefined,
  stddev: undefined,
  stdvar: undefined,
  topk: "scalar",
  bottomk: "scalar",
  count_values: "string",
  quantile: "scalar",
  limitk: "scalar",
  limit_ratio: "scalar",
};

/** Whether the word begins an aggregation. */
export function isAggregation(word: string): boolean {
  return Object.hasOwn(aggregations, word);
}

/** Words that are functions in one place and parts of durations or of `@` in another. */
export const timeWords: ReadonlySet<string> = new Set(["start", "end", "step", "range", "max_of", "min_of"]);

/** Keywords that no metric can be named after without quotes. */
const reserved: ReadonlySet<string> = new Set(["bool", "on", "ignoring", "group_left", "group_right", "atan2"]);

const words: ReadonlySet<string> = new Set([
  ...Object.keys(aggregations),
  ...timeWords,
  ...reserved,
  ...["and", "or", "unless", "offset", "smoothed", "anchored", "by", "without", "fill", "fill_left", "fill_right"],
]);

const longestWord = Math.max(...[...words].map(({ length }) => length));

/** The token of a name: a keyword in whatever case, a name with colons, or any other. */
export function nameToken(text: string, from: number, behind: Cursor): Token {
  const word = text.length > longestWord ? "" : text.toLowerCase();
  if (word === "inf" || word === "nan") return { kind: "number", text, word: "", from };
  // Metrics may be named fill: it is a keyword only where its value follows.
  const isKeyword = words.has(word) && (!word.startsWith("fill") || /^[ \t\n\r]*\(/.test(behind.text.slice(behind.at)));
  if (isKeyword) return { kind: "keyword", text, word, from };
  return { kind: text.includes(":") ? "metric" : "identifier", text: sameName(text), word: "", from };
}

/** Whether the token can be the name of a metric. */
export function isMetricName({ kind, word }: Token): boolean {
  return kind === "identifier" || kind === "metric" || (kind === "keyword" && !reserved.has(word));
}

/** Whether the token can be a label in a `by (…)` or `on (…)` list. */
export function isLabelName({ kind, word }: Token): boolean {
  return kind === "identifier" || kind === "metric" || (kind === "keyword" && word !== "without");
}
