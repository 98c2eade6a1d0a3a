import { readExpression } from "./promql/expression";
import { tokenize } from "./promql/lexer";
import { Reader, SyntaxFault } from "./promql/reader";
import type { Expr, PromqlError, Span } from "./promql/tree";
import { checkTypes } from "./promql/types";

export type {
  Aggregation,
  Binary,
  Call,
  Expr,
  Literal,
  Matcher,
  PlacedMatcher,
  PromqlError,
  Selector,
  Span,
} from "./promql/tree";

/** A query as it was read: what is wrong with it, and its tree as far as there is one. */
export interface ReadQuery {
  /** Absent where the text is no PromQL at all. */
  readonly tree?: Expr;
  /** What Prometheus refuses. Without a tree, the first one says why. */
  readonly errors: readonly PromqlError[];
  /** What is used that Prometheus has only behind a feature flag, and which. */
  readonly experimental: readonly { readonly what: string; readonly flag: string }[];
  /** Where the durations of ranges and offsets stand in the text. */
  readonly durations: readonly Span[];
  /** Grafana's own variables that stand for numbers or durations; Prometheus does not know them. */
  readonly variables: readonly string[];
}

const queries = new Map<string, ReadQuery>();

/**
 * Reads a query as Prometheus 3.16 does; a differential test holds it to the original (docs/promql.md). Grafana's own
 * variables may stand for durations. A text is read once.
 */
export function readQuery(text: string): ReadQuery {
  const known = queries.get(text);
  if (known) return known;
  const fresh = read(text);
  queries.set(text, fresh);
  return fresh;
}

/** The tree of a query, or undefined where its text is no complete PromQL. */
export function parsePromql(text: string): Expr | undefined {
  return readQuery(text).tree;
}

function read(text: string): ReadQuery {
  const reader = new Reader(tokenize(text));
  const { faults, experimental, durations, variables } = reader;
  try {
    const tree = readExpression(reader);
    if (reader.peek().kind !== "end") reader.unexpected("the expression", "an operator or the end");
    const checked = checkTypes(tree);
    const functions = checked.experimental.map((what) => ({ what, flag: "promql-experimental-functions" }));
    return {
      tree,
      errors: kept([...faults, ...checked.faults]),
      experimental: kept([...experimental, ...functions]),
      durations: kept(durations),
      variables: kept(variables),
    };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const { message, at, isOwnLimit } = error;
    return { errors: [{ message, at, ...(isOwnLimit && { isOwnLimit }) }, ...faults], experimental, durations, variables };
  }
}

/** A list in no more room than it needs: what was read stays as long as the process. */
function kept<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? nothing : list.slice();
}

const nothing: readonly never[] = [];

/** The text without PromQL's comments: whatever is written behind a query, such as a threshold, must not become part of one. */
export function withoutComments(text: string): string {
  if (!text.includes("#")) return text;
  return text.replace(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|\n?[ \t]*#.*/g, (_, quoted = "") => String(quoted)).trim();
}

/** Whether an operator around the text could bind tighter than the text's own. */
export function needsParentheses(text: string): boolean {
  if (!mayBeOperation(text)) return false;
  const tree = parsePromql(text);
  return tree?.type === "binary" || tree?.type === "negation";
}

const enclosed = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\[[^[\]]*\]|\{[^{}]*\}|\([^()]*\)/g;
const operator = /[-+*/%^=!<>]|\b(?:and|or|unless|atan2)\b/i;

/** False of what has no operator outside its parentheses and strings: most of what stands in others, and need not be read itself. */
function mayBeOperation(text: string): boolean {
  return /^\s*\(|#/.test(text) || operator.test(outermost(text));
}

function outermost(text: string): string {
  const shorter = text.replace(enclosed, "");
  return shorter === text ? text : outermost(shorter);
}

/** Every expression in the tree, parents first. */
export function walk(expr: Expr): readonly Expr[] {
  const nodes: Expr[] = [];
  visit(expr, (node) => nodes.push(node));
  return nodes;
}

/** What is found in the expressions of a tree, parents first. */
export function findIn<T>(tree: Expr, find: (node: Expr) => readonly T[]): readonly T[] {
  let found: T[] | undefined;
  visit(tree, (node) => {
    const more = find(node);
    if (more.length > 0) (found ??= []).push(...more);
  });
  return found ?? nothing;
}

/** Calls the function with every expression in the tree, parents first. */
export function visit(expr: Expr, see: (node: Expr) => void): void {
  see(expr);
  switch (expr.type) {
    case "range":
    case "negation":
      visit(expr.of, see);
      return;
    case "call":
    case "aggregation":
      for (const arg of expr.args) visit(arg, see);
      return;
    case "binary":
      visit(expr.left, see);
      visit(expr.right, see);
      return;
    case "selector":
    case "literal":
  }
}
