import type { ModelIndex } from "./model";
import { inventedFrom, inventedLabels, outputLabels, type LabelsOf } from "./promql-labels";
import type { Aggregation, Binary, Call, Expr, Literal, Selector } from "./promql-syntax";

/** What is known of the labels of a result, by label; of a label that is not here, nothing is. */
export type ByLabel<T> = ReadonlyMap<string, T>;

/** How something is known of labels. */
export interface Knowledge<T> {
  readonly ofSelector: (selector: Selector) => ByLabel<T>;
  /** What holds where a label is always this text. */
  readonly ofText: (label: string, text: string) => T;
  /** What holds for either of two results; undefined where nothing does. */
  readonly either: (left: T, right: T) => T | undefined;
}

/**
 * What is known of the labels of an expression's results: that of its selectors, as far as its operators keep it. Asked of
 * several expressions of a tree, it looks at each part once.
 */
export function carriedIn<T>(known: Knowledge<T>, { labelsOf }: ModelIndex): (expr: Expr) => ByLabel<T> {
  const found = new Map<Expr, ByLabel<T>>();
  const carriedBy: CarriedBy<T> = (expr) => {
    if (expr === undefined || expr.type === "literal") return nothing;
    const carried = found.get(expr) ?? carriedNow(expr);
    found.set(expr, carried);
    return carried;
  };
  const carriedNow = (expr: Exclude<Expr, Literal>): ByLabel<T> => {
    switch (expr.type) {
      case "selector":
        return known.ofSelector(expr);
      case "range":
      case "negation":
        return carriedBy(expr.of);
      case "call":
        return ofCall(expr, carriedBy, known);
      case "aggregation":
        return kept(expr, carriedBy(expr.args.at(-1)));
      case "binary": {
        const [left, right] = [carriedBy(expr.left), carriedBy(expr.right)];
        return expr.op === "or" ? either(left, right, known) : combined(expr, { left, right }, labelsOf);
      }
    }
  };
  return carriedBy;
}

const nothing: ByLabel<never> = new Map<string, never>();

type CarriedBy<T> = (expr: Expr | undefined) => ByLabel<T>;

const bucketBound = ["le"];

function ofCall<T>({ fn, args }: Call, carriedBy: CarriedBy<T>, { ofSelector, ofText }: Knowledge<T>): ByLabel<T> {
  if (fn === "absent" || fn === "absent_over_time") {
    const selector = inventedFrom(args[0]);
    return selector ? only(ofSelector(selector), [...inventedLabels(selector)]) : nothing;
  }
  if (fn === "vector" || fn === "scalar" || fn === "info") return nothing;
  const values = carriedBy(args.find((arg) => arg.type !== "literal"));
  if (fn === "label_replace" || fn === "label_join") {
    const [label = "", text = "", source = "", pattern = ""] = args.slice(1).map(textOf);
    const others = without(values, [label]);
    return fn === "label_replace" && isAlwaysWritten(text, source, pattern)
      ? new Map([...others, [label, ofText(label, text)]])
      : others;
  }
  return fn.startsWith("histogram_") ? without(values, bucketBound) : values;
}

function textOf(expr: Expr): string {
  return expr.type === "literal" ? String(expr.value) : "";
}

/** Whether label_replace writes the same text, whatever the label that it reads is. */
export function isAlwaysWritten(text: string, source: string, pattern: string): boolean {
  return text !== "" && !text.includes("$") && (/^\^?\(?\.\*\)?\$?$/.test(pattern) || (source === "" && pattern === ""));
}

function kept<T>({ op, grouping, labels }: Aggregation, values: ByLabel<T>): ByLabel<T> {
  if (["topk", "bottomk", "limitk", "limit_ratio"].includes(op)) return values;
  return grouping === "by" ? only(values, labels) : without(values, labels);
}

function combined<T>(
  expr: Binary,
  { left, right }: { readonly left: ByLabel<T>; readonly right: ByLabel<T> },
  labelsOf: LabelsOf,
): ByLabel<T> {
  if (left.size === 0 && right.size === 0) return left;
  const labels = outputLabels(expr, labelsOf, "by some");
  const many = expr.group?.side === "right" ? right : left;
  const result = expr.group ? without(many, expr.group.include) : left.size > 0 ? left : right;
  return labels ? onlyWhere(result, (label) => labels.has(label)) : nothing;
}

function either<T>(left: ByLabel<T>, right: ByLabel<T>, known: Knowledge<T>): ByLabel<T> {
  return new Map(
    [...left].flatMap(([label, values]) => {
      const others = right.get(label);
      const both = others === undefined ? undefined : known.either(values, others);
      return both === undefined ? [] : [[label, both] as const];
    }),
  );
}

function only<T>(values: ByLabel<T>, labels: readonly string[]): ByLabel<T> {
  return onlyWhere(values, (label) => labels.includes(label));
}

function without<T>(values: ByLabel<T>, labels: readonly string[]): ByLabel<T> {
  return labels.length === 0 ? values : onlyWhere(values, (label) => !labels.includes(label));
}

function onlyWhere<T>(values: ByLabel<T>, isKept: (label: string) => boolean): ByLabel<T> {
  const kept = new Map<string, T>();
  for (const [label, value] of values) if (isKept(label)) kept.set(label, value);
  return kept.size === values.size ? values : kept.size === 0 ? nothing : kept;
}
