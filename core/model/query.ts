import type { Duration } from "./duration";
import type { Counter, Labels, Series } from "./metric";
import { regexFault, regexMatches } from "./promql/regex";
import { needsParentheses, withoutComments, type Matcher } from "./promql-syntax";
import type { RecordedName } from "./recording-rule";

/**
 * PromQL text. A range may be Grafana's `$__rate_interval`: dashboards keep it, and an alert or a runbook
 * command writes a fixed window in its place.
 */
export interface Query {
  readonly type: "query";
  readonly expr: string;
}

type Part = Series | RecordedName | Query | Duration | number;

/**
 * PromQL over declared metrics: `` promql`sum by (actor_type) (rate(${metrics.dropped}[$__rate_interval]))` ``.
 * An interpolated query keeps its meaning: it is put in parentheses where precedence could change it. The text is taken
 * as it is written: `\d` is PromQL's backslash, not JavaScript's. Outside its strings PromQL has none: there `\n` breaks the line.
 * @throws TypeError when an interpolated value is undefined, which only a program that is not type-checked can do.
 */
export function promql(strings: TemplateStringsArray, ...parts: readonly Part[]): Query {
  const written = strings.raw.map((text) => text.replace(/\\(?=`|\$\{)/g, "")); // only what a template must escape
  let text = written[0] ?? "";
  parts.forEach((part, index) => {
    const after = written[index + 1] ?? "";
    text += isolate(part, text, after) + after;
  });
  return queryOf(dedent(lineBreaks(text)));
}

/** A query from text that was not written here: a dashboard or a rule file. Its comments are left out. */
export function queryOf(expr: string): Query {
  return { type: "query", expr: withoutComments(expr) };
}

/** A matcher that excludes a value, or whatever a regular expression matches. */
export interface Excluded<V extends string> {
  readonly type: "excluded";
  readonly value: V | RegExp;
}

/** Excludes a value, or whatever a regular expression matches: `!=` and `!~`. */
export function not<const V extends string>(value: V | RegExp): Excluded<V> {
  return { type: "excluded", value };
}

/** What a label must be: a value, what a regular expression matches, or anything else. */
export type MatcherValue<V extends string = string> = RegExp | V | Excluded<V>;

/**
 * Matchers that a metric admits: its own labels with their listed values, `job` and `instance`.
 * A regular expression becomes `=~` and is anchored, as Prometheus does it.
 */
export type Matchers<L extends Labels> = {
  readonly [K in keyof L]?: MatcherValue<L[K] extends readonly (infer V extends string)[] ? V : string>;
} & { readonly job?: MatcherValue; readonly instance?: MatcherValue };

/**
 * A selector: a label or a value that the metric does not have does not compile. `more` are matchers on labels that
 * the scrape adds.
 * @throws TypeError when a pattern is none of Prometheus': look-around, flags.
 */
export function where<L extends Labels>(series: Series<L>, matchers: NoInfer<Matchers<L>>, more: readonly Matcher[] = []): Query {
  const own = Object.entries(plainMatchers(matchers)).flatMap(([label, value]) =>
    namesOf(label, value).map((name) => name + matcherText(value)),
  );
  const text = [...own, ...more.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`)];
  return queryOf(text.length === 0 ? series.name : `${series.name}{${text.join(",")}}`);
}

/** Labels that the Prometheus operator gives to a target; a metric's own label of such a name is renamed to `exported_…` there. */
const operatorLabels: readonly string[] = ["namespace", "pod", "container", "endpoint", "service"];

/** What is excluded is excluded under both names: a series that lacks one of them passes that matcher. */
function namesOf(label: string, matcher: MatcherValue): readonly string[] {
  const isExcluded = typeof matcher === "object" && !(matcher instanceof RegExp);
  if (!isExcluded || !operatorLabels.includes(label)) return [label];
  const { value } = matcher;
  const excludesNone = value instanceof RegExp ? regexMatches(patternOf(value), "") : value === "";
  return excludesNone ? [label] : [label, `exported_${label}`];
}

/** The same matchers without the types of their metric. */
export function plainMatchers(matchers: object): Readonly<Record<string, MatcherValue>> {
  return Object.fromEntries(
    Object.entries(matchers).filter((entry): entry is [string, MatcherValue] => isMatcherValue(entry[1])),
  );
}

function isMatcherValue(value: unknown): value is MatcherValue {
  if (typeof value === "string" || value instanceof RegExp) return true;
  return typeof value === "object" && value !== null && "type" in value && value.type === "excluded";
}

function matcherText(matcher: MatcherValue): string {
  if (typeof matcher === "string") return `=${JSON.stringify(matcher)}`;
  if (matcher instanceof RegExp) return `=~${patternText(matcher)}`;
  const { value } = matcher;
  return value instanceof RegExp ? `!~${patternText(value)}` : `!=${JSON.stringify(value)}`;
}

/** JavaScript escapes slashes in what it calls the source; Prometheus has no need of that. */
function patternText(pattern: RegExp): string {
  const text = patternOf(pattern);
  const wrong = differsInRe2(pattern) ?? regexFault(text);
  if (wrong !== undefined) throw new TypeError(`Prometheus takes no pattern such as ${String(pattern)}: ${wrong}.`);
  return JSON.stringify(text);
}

function patternOf(pattern: RegExp): string {
  return pattern.source.replaceAll("\\/", "/");
}

/** What RE2, whose patterns Prometheus takes, reads in another way than JavaScript. */
function differsInRe2({ source, flags }: RegExp): string | undefined {
  if (flags !== "") return `its flags "${flags}" would be lost; write what they mean into the pattern`;
  return /(?<!\\)(?:\\\\)*\\s/i.test(source)
    ? "\\s is another set of characters there; write them out, such as [ \\t]"
    : undefined;
}

/** Which counter, and the scrape job whose targets export it. */
interface Counted<L extends Labels> {
  readonly counter: Counter<L> | Query;
  readonly job: string;
}

/** So long a first increment can be told from an old count: see {@link increaseOf}. */
export const countingWindows = ["1m", "2m", "3m", "4m", "5m"] as const;

/** One of {@link countingWindows}. */
export type CountingWindow = (typeof countingWindows)[number];

/**
 * How often a counter of a job was incremented within the window (at most 5m), its first increment included: many
 * counters do not exist before it, and `increase` of a series that appears with 1 is 0. A series counts as a whole
 * where the last hour before the window knows none of it, or only a larger value, from before a restart. What is old
 * must not look new: not after Prometheus itself was away, when the job was not scraped before; and not when a
 * target answers again that was scraped in vain all that time. Reads an hour of the counter, whatever the window.
 */
export function increaseOf<L extends Labels>({ counter, job }: Counted<L>, window: CountingWindow): Query {
  const series = counter.type === "query" ? counter.expr : counter.name;
  const up = `up{job=${JSON.stringify(job)}}`;
  return queryOf(
    `(${series} unless last_over_time(${series}[1h] offset ${window}) <= ${series})\n` +
      `  and on (job) max_over_time(${up}[50m] offset 6m) == 1\n` +
      `  unless on (job, instance) max_over_time(${up}[1h] offset ${window}) == 0\n` +
      `or increase(${series}[${window}])`,
  );
}

/** The query with a fixed window in place of `$__rate_interval`. */
export function withWindow(query: Query, window: Duration): Query {
  return queryOf(query.expr.replaceAll("$__rate_interval", window));
}

function isolate(part: Part, before: string, after: string): string {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- commands run without a type check: a name that is gone is undefined
  if (part === undefined) throw new TypeError("A query is made of a value that is undefined.");
  if (typeof part !== "object") return String(part);
  if (part.type !== "query") return part.name;
  const enclosed = before.trimEnd().endsWith("(") && /^\s*[),]/.test(after);
  return enclosed || !needsParentheses(part.expr) ? part.expr : `(${part.expr})`;
}

function lineBreaks(text: string): string {
  return text.replace(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|\\n/g, (_, quoted?: string) => quoted ?? "\n");
}

function dedent(text: string): string {
  const lines = text.split("\n");
  const indents = lines.slice(1).filter((line) => line.trim() !== "");
  const indent = Math.min(...indents.map((line) => line.length - line.trimStart().length));
  return lines
    .map((line, index) => (index === 0 ? line : line.slice(indent)).trimEnd())
    .join("\n")
    .trim();
}
