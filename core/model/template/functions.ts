import { didYouMean } from "../suggestion";
import { general, humanize, humanize1024, humanizeDuration, humanizePercentage } from "./humanize";
import { printf, printed } from "./printf";
import { TemplateError } from "./syntax";
import { LabelSet, type Value } from "./value";

interface TemplateFunction {
  readonly least: number;
  readonly most: number;
  /** Left out where only a running Prometheus knows the result. */
  readonly run?: (...values: readonly Value[]) => Value;
}

const unlimited = Number.POSITIVE_INFINITY;
const text = (run: (text: string) => Value): TemplateFunction => ({ least: 1, most: 1, run: (value) => run(stringOf(value)) });
const number = (run: (value: number) => Value): TemplateFunction => ({ least: 1, most: 1, run: (value) => run(numberOf(value)) });
const unknown = (least: number, most = least): TemplateFunction => ({ least, most });
const comparison = (holds: (left: string | number, right: string | number) => boolean): TemplateFunction => ({
  least: 2,
  most: 2,
  run: (left, right) => holds(...comparable(left, right)),
});

/**
 * The functions of Prometheus' templates (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/)
 * and Go's own (https://pkg.go.dev/text/template#hdr-Functions).
 */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({
    humanize: number(humanize),
    humanize1024: number(humanize1024),
    humanizeDuration: number(humanizeDuration),
    humanizePercentage: number(humanizePercentage),
    title: text(titled),
    toUpper: text((value) => value.toUpperCase()),
    toLower: text((value) => value.toLowerCase()),
    stripPort: text((value) => /^(\[[^\]]*\]|[^:]*):[^:]*$/.exec(value)?.[1]?.replace(/^\[|\]$/g, "") ?? value),
    stripDomain: text((value) => /^([^.:]*)[^:]*(:.*)?$/.exec(value)?.slice(1).join("") ?? value),
    safeHtml: text((value) => value),
    print: { least: 0, most: unlimited, run: (...values) => values.reduce<string>(spaced, "") },
    println: { least: 0, most: unlimited, run: (...values) => `${values.map(printed).join(" ")}\n` },
    printf: { least: 1, most: unlimited, run: (format, ...values) => printf(stringOf(format), values) },
    len: {
      least: 1,
      most: 1,
      run: (value) => BigInt(value instanceof LabelSet ? Object.keys(value.labels).length : Buffer.byteLength(stringOf(value))),
    },
    index: { least: 1, most: unlimited, run: indexed },
    not: { least: 1, most: 1, run: (value) => !isTrue(value) },
    and: { least: 1, most: unlimited, run: (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1) },
    or: { least: 1, most: unlimited, run: (...values) => values.find(isTrue) ?? values.at(-1) },
    eq: { least: 2, most: unlimited, run: (left, ...others) => others.some((other) => isSame(left, other)) },
    ne: { least: 2, most: 2, run: (left, right) => !isSame(left, right) },
    lt: comparison((left, right) => left < right),
    le: comparison((left, right) => left <= right),
    gt: comparison((left, right) => left > right),
    ge: comparison((left, right) => left >= right),
    humanizeTimestamp: unknown(1),
    toTime: unknown(1),
    toDuration: unknown(1),
    now: unknown(0),
    query: unknown(1),
    first: unknown(1),
    label: unknown(2),
    value: unknown(1),
    strvalue: unknown(1),
    sortByLabel: unknown(2),
    args: unknown(0, unlimited),
    reReplaceAll: unknown(3),
    match: unknown(2),
    graphLink: unknown(1),
    tableLink: unknown(1),
    externalURL: unknown(0),
    pathPrefix: unknown(0),
    parseDuration: unknown(1),
    urlQueryEscape: unknown(1),
    urlquery: unknown(1, unlimited),
    html: unknown(1, unlimited),
    js: unknown(1, unlimited),
    slice: unknown(1, 4),
    call: unknown(1, unlimited),
  } satisfies Readonly<Record<string, TemplateFunction>>),
);

/** Of what is wrong with a template, the function or variable that may be meant; empty where there is none. */
export function misspelt(fault: string): string {
  const [, kind, name] = /^there is no (function|variable) "(.*)"$/.exec(fault) ?? [];
  if (name === undefined) return "";
  return didYouMean(
    name,
    kind === "function" ? templateFunctions.keys() : ["$labels", "$value", "$externalLabels", "$externalURL"],
  );
}

/** Go's `strings.Title`: after a space, or after what is in ASCII and no part of a word. */
function titled(value: string): string {
  return value.replace(/(^|\s|[!-/:-@[-^`{-~])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** Go's `Print` sets a space between two values of which neither is a text. */
function spaced(before: string, value: Value, position: number, all: readonly Value[]): string {
  const isApart = position > 0 && typeof value !== "string" && typeof all[position - 1] !== "string";
  return `${before}${isApart ? " " : ""}${printed(value)}`;
}

/** Whether Go takes the value for true: none that is empty or zero. */
export function isTrue(value: Value): boolean {
  return value instanceof LabelSet ? Object.keys(value.labels).length > 0 : Boolean(value);
}

function indexed(of: Value, ...keys: readonly Value[]): Value {
  const [key, ...more] = keys;
  if (!(of instanceof LabelSet) || more.length > 0 || typeof key !== "string")
    throw new TemplateError('"index" takes labels and the name of one of them');
  return of.get(key);
}

function isSame(left: Value, right: Value): boolean {
  if (typeof left !== typeof right) throw new TemplateError(`${kind(left)} cannot be compared with ${kind(right)}`);
  return left === right;
}

function comparable(left: Value, right: Value): readonly [string | number, string | number] {
  if (typeof left === "string" && typeof right === "string") return [left, right];
  if (typeof left === "number" && typeof right === "number") return [left, right];
  if (typeof left === "bigint" && typeof right === "bigint") return [Number(left), Number(right)];
  throw new TemplateError(`${kind(left)} cannot be compared with ${kind(right)}`);
}

function kind(value: Value): string {
  if (typeof value === "bigint") return `the whole number ${value}`;
  if (typeof value === "number") return `the number ${general(value)}, which has a fraction as far as Go is concerned`;
  return typeof value === "string" ? `"${value}"` : printed(value);
}

function stringOf(value: Value): string {
  if (typeof value !== "string") throw new TemplateError(`a function takes a text and is given ${kind(value)}`);
  return value;
}

/** Prometheus converts what is written as a number. */
function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  throw new TemplateError(`a function takes a number and is given ${kind(value)}`);
}
