import type { LabelValues } from "../../model/metric";
import { isSameQuery } from "../../model/promql-meaning";
import { parsePromql, walk, type Matcher, type Selector } from "../../model/promql-syntax";
import { not, promql, queryOf, where, type MatcherValue, type Query } from "../../model/query";
import type { Reference } from "./metrics";
import { inline, text, type Imports } from "./source";

/** Series by name, as code names them. */
export type References = ReadonlyMap<string, Reference>;

/** What stands in a query's text for a selector. */
interface Part {
  readonly code: string;
  readonly value: Query;
  readonly from: number;
  readonly to: number;
}

/** A query as code: with its declared series as values, and otherwise as it is written. */
export function queryCode(expr: string, references: References, imports: Imports): string {
  const plain = queryOf(expr).expr.trim(); // without comments
  const uses = imports.none();
  const parts = partsOf(plain, references, uses);
  const strings = laidOut(pieces(plain, parts).map(escaped));
  const cooked = cookedBy(strings, parts);
  if (cooked === undefined || !isSameQuery(cooked, plain)) return `${imports.use("queryOf")}(${text(plain)})`;
  imports.useAll(uses);
  const written = strings.map((string, index) => string + (parts[index] ? `\${${parts[index].code}}` : "")).join("");
  return `${imports.use("promql")}\`${written}\``;
}

/** Matchers as an object that `where` takes, or undefined where they are none. */
export function matchersOf(
  matchers: readonly Matcher[],
  reference: Reference,
): Readonly<Record<string, MatcherValue>> | undefined {
  // `where` excludes under both names what the operator would rename.
  const written = matchers.filter(
    ({ label, op }) => !(op.startsWith("!") && matchers.some((other) => label === `exported_${other.label}`)),
  );
  const found = written.map((matcher) => [matcher.label, matcherValue(matcher, reference)] as const);
  if (new Set(written.map(({ label }) => label)).size < written.length) return undefined;
  if (found.some(([label, value]) => value === undefined || label === "__proto__")) return undefined;
  return Object.fromEntries(found.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]])));
}

/** The same object as code. */
export function matchersCode(matchers: Readonly<Record<string, MatcherValue>>, imports: Imports): string {
  return inline(Object.fromEntries(Object.entries(matchers).map(([label, value]) => [label, valueCode(value, imports)])));
}

function partsOf(expr: string, references: References, imports: Imports): readonly Part[] {
  const tree = parsePromql(expr);
  if (!tree) return [];
  return [...walk(tree)]
    .flatMap((node) => (node.type === "selector" ? (partOf(node, expr, { references, imports }) ?? []) : []))
    .sort((a, b) => a.from - b.from);
}

function partOf(
  { metric, matchers, from, to }: Selector,
  expr: string,
  { references, imports }: { readonly references: References; readonly imports: Imports },
): Part | undefined {
  const reference = references.get(metric);
  if (!reference || !expr.startsWith(metric, from)) return undefined;
  imports.use(reference.holder);
  const name = { code: reference.code, value: queryOf(metric), from, to: from + metric.length };
  const admitted = matchers.length === 0 ? undefined : matchersOf(matchers, reference);
  if (!admitted) return name;
  const value = whereOf(reference, admitted);
  const end = expr.lastIndexOf("}", to) + 1;
  if (!value || !isSameQuery(value.expr, expr.slice(from, end))) return name;
  return { code: `${imports.use("where")}(${reference.code}, ${matchersCode(admitted, imports)})`, value, from, to: end };
}

function whereOf({ series }: Reference, matchers: Readonly<Record<string, MatcherValue>>): Query | undefined {
  try {
    return where(series, matchers);
  } catch (error) {
    if (error instanceof TypeError) return undefined; // a pattern that Prometheus does not take
    throw error;
  }
}

function matcherValue({ label, op, value }: Matcher, { metric }: Reference): MatcherValue | undefined {
  const isTarget = label === "job" || label === "instance";
  const values: LabelValues | undefined = Object.hasOwn(metric.labels, label) ? metric.labels[label] : undefined;
  if (!isTarget && values === undefined) return undefined;
  const isListed = isTarget || values === undefined || "atMost" in values || values.includes(value);
  if (op === "=" || op === "!=") return !isListed ? undefined : op === "=" ? value : not(value);
  const pattern = patternOf(value);
  return pattern && (op === "=~" ? pattern : not(pattern));
}

/** As a literal that Prometheus and JavaScript read alike; a variable of Grafana's is no pattern. */
function patternOf(value: string): RegExp | undefined {
  if (value === "" || /[$\n\r\u2028\u2029]|\\s/i.test(value)) return undefined;
  try {
    const pattern = new RegExp(value);
    return pattern.source.replaceAll("\\/", "/") === value ? pattern : undefined;
  } catch {
    return undefined;
  }
}

function valueCode(value: MatcherValue, imports: Imports): string {
  if (typeof value === "string") return text(value);
  if (value instanceof RegExp) return String(value);
  return `${imports.use("not")}(${valueCode(value.value, imports)})`;
}

function pieces(expr: string, parts: readonly Part[]): readonly string[] {
  const bounds = [0, ...parts.flatMap(({ from, to }) => [from, to]), expr.length];
  return Array.from({ length: parts.length + 1 }, (_, index) => expr.slice(bounds[2 * index], bounds[2 * index + 1]));
}

/** Of several lines, each on its own below the backtick: `promql` takes the indentation away. */
function laidOut(strings: readonly string[]): readonly string[] {
  if (!strings.some((string) => string.includes("\n"))) return strings;
  return strings
    .map((string, index) => (index === 0 ? "\n" : "") + string)
    .map((string) => string.replaceAll("\n", "\n        "));
}

function escaped(piece: string): string {
  return piece.replace(/`|\$\{/g, "\\$&");
}

/** What `promql` makes of the template, or undefined where JavaScript would read its text in another way. */
function cookedBy(strings: readonly string[], parts: readonly Part[]): string | undefined {
  if (strings.some((string) => /\r|\\$|\\\\[`$]/.test(string))) return undefined;
  return promql(Object.assign([...strings], { raw: strings }), ...parts.map(({ value }) => value)).expr;
}
