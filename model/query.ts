import type { Duration } from "./duration";
import type { Counter, Labels, Series } from "./metric";
import { needsParentheses, withoutComments, type Matcher } from "./promql-syntax";
import type { RecordingRule } from "./recording-rule";

/**
 * PromQL text. A range may be Grafana's `$__rate_interval`: dashboards keep it, and an alert or a runbook
 * command writes a fixed window in its place.
 */
export interface Query {
  readonly type: "query";
  readonly expr: string;
}

type Part = Series | RecordingRule | Query | Duration | number;

/**
 * PromQL over declared metrics: `` promql`sum by (actor_type) (rate(${metrics.dropped}[$__rate_interval]))` ``.
 * An interpolated query keeps its meaning: it is put in parentheses where precedence could change it.
 * @throws TypeError when an interpolated value is undefined, which only a program that is not type-checked can do.
 */
export function promql(strings: TemplateStringsArray, ...parts: readonly Part[]): Query {
  let text = strings[0] ?? "";
  parts.forEach((part, index) => {
    const after = strings[index + 1] ?? "";
    text += isolate(part, text, after) + after;
  });
  return queryOf(dedent(text));
}

/** A query from text that was not written here: a dashboard or a rule file. Its comments are left out. */
export function queryOf(expr: string): Query {
  return { type: "query", expr: withoutComments(expr) };
}

/**
 * Matchers that a metric admits: its own labels with their listed values, `job` and `instance`.
 * A regular expression becomes `=~` and is anchored, as Prometheus does it.
 */
export type Matchers<L extends Labels> = {
  readonly [K in keyof L]?: RegExp | (L[K] extends readonly (infer V)[] ? V : string);
} & { readonly job?: string | RegExp; readonly instance?: string | RegExp };

/**
 * A selector: a label or a value that the metric does not have does not compile. `more` are matchers on labels that
 * the scrape adds.
 */
export function where<L extends Labels>(series: Series<L>, matchers: NoInfer<Matchers<L>>, more: readonly Matcher[] = []): Query {
  const own = Object.entries(matchers).map(([label, value]) =>
    value instanceof RegExp ? `${label}=~${JSON.stringify(value.source)}` : `${label}=${JSON.stringify(value)}`,
  );
  const added = more.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`);
  return queryOf(`${series.name}{${[...own, ...added].join(",")}}`);
}

/**
 * How often a counter was incremented within the window, its first increment included: many counters do not
 * exist before it, and `increase` of a series that appears with 1 is 0. A series is new only if its target
 * was scraped before it appeared; otherwise a restart of Prometheus would count all that ever happened.
 */
export function increaseOf<L extends Labels>(counter: Counter<L> | Query, window: Duration): Query {
  const series = counter.type === "query" ? counter.expr : counter.name;
  return queryOf(
    `(${series} unless ${series} offset ${window}) and on (job, instance) (up offset ${window})\nor increase(${series}[${window}])`,
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

function dedent(text: string): string {
  const lines = text.split("\n");
  const indents = lines.slice(1).filter((line) => line.trim() !== "");
  const indent = Math.min(...indents.map((line) => line.length - line.trimStart().length));
  return lines
    .map((line, index) => (index === 0 ? line : line.slice(indent)).trimEnd())
    .join("\n")
    .trim();
}
