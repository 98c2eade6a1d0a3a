import type { LoadedMetric } from "../../model/files/catalog";
import type { Metric } from "../../model/metric";
import { actorMetrics } from "../../model/standard/actors";

/** How our own catalogs declare a metric: `counter("mc_joins_total", { help, labels: { status: ["ok", "error"] } })`. */
const declaration = /\b(counter|gauge|histogram|nativeHistogram)\(\s*["'`]([\w:]+)["'`]\s*,\s*(?=\{)/g;

/** The metrics that every service of actors has: `...actorMetrics("mc", actorTypes)`. */
const actors = /\bactorMetrics\(\s*["'`](\w+)["'`]\s*,\s*(\[[^\]]*\]|[A-Za-z_$][\w$]*)/g;

// A native histogram has its samples under its own name, as a gauge has.
const types = { counter: "counter", gauge: "gauge", histogram: "histogram", nativeHistogram: "unknown" } as const;

/**
 * The metrics that a TypeScript file declares with this library, as they are written there, constants of the same file
 * included. What is computed, or comes from another file, is not known.
 */
export function readTypescriptCatalog(file: string, text: string): readonly LoadedMetric[] {
  const line = ({ subject }: LoadedMetric): number => subject.line ?? 0;
  return [...declaredOneByOne(file, text), ...declaredOfActors(file, text)].sort((left, right) => line(left) - line(right));
}

function declaredOfActors(file: string, text: string): readonly LoadedMetric[] {
  return [...text.matchAll(actors)].flatMap(({ index, 1: service = "", 2: written = "" }) => {
    const known = literals(constant(text, written));
    return Object.values<Metric>({ ...actorMetrics(service, known ?? []) }).map(({ name, type, help }): LoadedMetric => ({
      name,
      type: type === "native-histogram" ? types.nativeHistogram : type,
      help,
      labels: { actor_type: known },
      source: "catalog",
      subject: { file, name, line: lineAt(text, index) },
    }));
  });
}

function declaredOneByOne(file: string, text: string): readonly LoadedMetric[] {
  return [...text.matchAll(declaration)].map(({ index, 0: whole, 1: builder, 2: name = "" }): LoadedMetric => {
    const body = entriesOf(enclosed(text, index + whole.length));
    const written = (key: string): string => constant(text, body.get(key) ?? "");
    const labels = written("labels");
    const buckets = literals(written("buckets"));
    const help = literals(`[${body.get("help") ?? ""}]`)?.[0];
    return {
      name,
      type: types[builder as keyof typeof types],
      ...(labels.startsWith("{") && !labels.includes("...") && { labels: valuesOf(labels, text) }),
      ...(builder === "histogram" && buckets && { buckets: buckets.map(Number) }),
      ...(help !== undefined && { help }),
      source: "catalog",
      subject: { file, name, line: lineAt(text, index) },
    };
  });
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function valuesOf(labels: string, text: string): Readonly<Record<string, readonly string[] | undefined>> {
  return Object.fromEntries([...entriesOf(labels)].map(([label, value]) => [label, literals(constant(text, value))]));
}

/** What a constant of the file is; other text as it is. `as const` says nothing here. */
function constant(text: string, value: string): string {
  const name = /^[A-Za-z_$][\w$]*$/.exec(value)?.[0];
  const declared = name === undefined ? null : new RegExp(`\\bconst ${name.replaceAll("$", "\\$")}\\b[^=]*=\\s*`).exec(text);
  const found = declared ? enclosed(text, declared.index + declared[0].length) : value;
  return found.replace(/\s+as const$/, "");
}

/** The strings and numbers of a list; undefined of what is no list of those alone. */
function literals(list: string): readonly string[] | undefined {
  if (!list.startsWith("[")) return undefined;
  const items = splitAtCommas(list.slice(1, -1));
  const values = items.map((item) => /^(["'`])((?:(?!\1|\\|\$\{)[\s\S])*)\1$|^(-?[\d.][\w.+-]*)$/.exec(item));
  return values.every((value) => value !== null) ? values.map((value) => value[2] ?? value[3] ?? "") : undefined;
}

/** The properties of an object, each with the text of its value. */
function entriesOf(object: string): ReadonlyMap<string, string> {
  const entries = splitAtCommas(object.slice(1, -1)).map((entry): [string, string] => {
    const [, key, value] = /^["']?([\w$]+)["']?\s*:\s*([\s\S]*)$/.exec(entry) ?? [];
    return key === undefined ? [entry, entry] : [key, (value ?? "").replace(/\s+as const$/, "")]; // `buckets` alone is its own value
  });
  return new Map(entries);
}

/** The text from an opening bracket to the one that closes it; empty where none opens. */
function enclosed(text: string, from: number): string {
  let depth = 0;
  for (const { at, char } of codeOf(text, from)) {
    if ("{[(".includes(char)) depth += 1;
    else if ("}])".includes(char)) depth -= 1;
    if (depth === 0) return "{[(".includes(text[from] ?? " ") ? text.slice(from, at + 1) : "";
  }
  return "";
}

function splitAtCommas(text: string): readonly string[] {
  const cuts: number[] = [];
  let depth = 0;
  for (const { at, char } of codeOf(text, 0)) {
    if ("{[(".includes(char)) depth += 1;
    else if ("}])".includes(char)) depth -= 1;
    else if (char === "," && depth === 0) cuts.push(at);
  }
  const parts = [-1, ...cuts].map((cut, index) => text.slice(cut + 1, cuts[index] ?? text.length));
  const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
  return parts.map((part) => part.replace(comments, "").trim()).filter((part) => part !== "");
}

/** The characters that are code: not those of strings and comments. */
function* codeOf(text: string, from: number): Generator<{ readonly at: number; readonly char: string }> {
  const strings = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//y;
  for (let at = from; at < text.length; at++) {
    strings.lastIndex = at;
    const skipped = strings.exec(text)?.[0].length ?? 0;
    if (skipped > 0) at += skipped - 1;
    else yield { at, char: text[at] ?? "" };
  }
}
