import { readExpression } from "./promql/expression";
import { tokenize } from "./promql/lexer";
import { Reader, SyntaxFault } from "./promql/reader";
import type { Expr, PromqlError } from "./promql/tree";
import { checkTypes } from "./promql/types";

export type { Aggregation, Binary, Call, Expr, Literal, Matcher, PromqlError, Selector, Span } from "./promql/tree";

const grafanaVariables = /\$__(rate_interval|interval|range)\b|\$\{__(rate_interval|interval|range)\}/;

/** A query as it was read: what is wrong with it, and its tree as far as there is one. */
export interface ReadQuery {
  /** Absent where the text is no PromQL at all. */
  readonly tree?: Expr;
  /** What Prometheus refuses, the first one first. */
  readonly errors: readonly PromqlError[];
  /** What is used that Prometheus has only behind a feature flag, and which. */
  readonly experimental: readonly { readonly what: string; readonly flag: string }[];
}

const queries = new Map<string, ReadQuery>();

/**
 * Reads a query as Prometheus 3.16 does; a differential test holds it to the original (docs/promql.md). Grafana's own
 * variables may stand for durations. A text is read once.
 */
export function readQuery(text: string): ReadQuery {
  const known = queries.get(text) ?? read(text);
  queries.set(text, known);
  return known;
}

/** The tree of a query, or undefined where its text is no complete PromQL. */
export function parsePromql(text: string): Expr | undefined {
  return readQuery(text).tree;
}

function read(text: string): ReadQuery {
  const reader = new Reader(tokenize(text));
  try {
    const tree = readExpression(reader);
    if (reader.peek().kind !== "end") reader.unexpected("the expression", "an operator or the end");
    const { faults, experimental } = checkTypes(tree);
    return {
      tree,
      errors: [...reader.faults, ...faults.map((message) => ({ message, at: 0 }))],
      experimental: [
        ...reader.experimental,
        ...experimental.map((what) => ({ what, flag: "promql-experimental-functions" })),
      ],
    };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { errors: [...reader.faults, { message: error.message, at: error.at }], experimental: [] };
  }
}

/** The text that Prometheus would see: Grafana's own duration variables replaced by a duration. */
export function withoutGrafanaVariables(text: string): string {
  return text.replace(new RegExp(grafanaVariables, "g"), "5m");
}

/** The first of Grafana's own variables in a query, which Prometheus does not know. */
export function grafanaVariable(text: string): string | undefined {
  return grafanaVariables.exec(text)?.[0];
}

/** The text without PromQL's comments: whatever is written behind a query, such as a threshold, must not become part of one. */
export function withoutComments(text: string): string {
  if (!text.includes("#")) return text;
  return text.replace(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|\n?[ \t]*#.*/g, (_, quoted = "") => String(quoted)).trim();
}

/** Where a query stops being PromQL, as an offset into it. */
export function firstError(text: string): number | undefined {
  const { tree, errors } = readQuery(text);
  return tree ? undefined : errors.at(-1)?.at;
}

/** Whether an operator around the text could bind tighter than the text's own. */
export function needsParentheses(text: string): boolean {
  const tree = parsePromql(text);
  return tree?.type === "binary" || tree?.type === "negation";
}

/** Every expression in the tree, parents first. */
export function* walk(expr: Expr): Generator<Expr> {
  yield expr;
  for (const child of childrenOf(expr)) yield* walk(child);
}

function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.type) {
    case "range":
    case "negation":
      return [expr.of];
    case "call":
    case "aggregation":
      return expr.args;
    case "binary":
      return [expr.left, expr.right];
    case "selector":
    case "literal":
      return [];
  }
}
