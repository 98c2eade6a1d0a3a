import { parser } from "@prometheus-io/lezer-promql";

// Not from @lezer/common: its types for `import` and `require` differ, and the parser has those of the former.
type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** One `label op "value"` of a selector. */
export interface Matcher {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A PromQL expression as a tree. Parentheses, `offset` and `@` are left out: they change no label and no type. */
export type Expr =
  | { readonly type: "selector"; readonly metric: string; readonly matchers: readonly Matcher[] }
  | { readonly type: "range"; readonly of: Expr }
  | Call
  | Aggregation
  | Binary
  | { readonly type: "negation"; readonly of: Expr }
  | { readonly type: "literal"; readonly text: string };

/** A function call. */
export interface Call {
  readonly type: "call";
  readonly fn: string;
  readonly args: readonly Expr[];
}

/** `sum by (…) (…)` and its like; `labels` are those of the by or without clause. */
export interface Aggregation {
  readonly type: "aggregation";
  readonly op: string;
  readonly grouping: "by" | "without";
  readonly labels: readonly string[];
  readonly args: readonly Expr[];
}

/** Two expressions with an operator between them. */
export interface Binary {
  readonly type: "binary";
  readonly op: string;
  readonly bool: boolean;
  readonly matching?: { readonly on: boolean; readonly labels: readonly string[] };
  readonly group?: { readonly side: "left" | "right"; readonly include: readonly string[] };
  readonly left: Expr;
  readonly right: Expr;
}

const grafanaVariables = /\$__(rate_interval|interval|range)\b|\$\{__(rate_interval|interval|range)\}/;

const trees = new Map<string, Expr | undefined>();

/** The tree of a query, or undefined where its text is no complete PromQL. Grafana's variables may stand for durations. */
export function parsePromql(text: string): Expr | undefined {
  if (!trees.has(text)) trees.set(text, parse(text));
  return trees.get(text);
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

/** Where a query stops being PromQL, as an offset into the text that Prometheus would see. */
export function firstError(text: string): number | undefined {
  const cursor = parser.parse(withoutGrafanaVariables(text)).cursor();
  do if (cursor.type.isError) return cursor.from;
  while (cursor.next());
  return undefined;
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

function parse(text: string): Expr | undefined {
  const source = withoutGrafanaVariables(text);
  const tree = parser.parse(source);
  const top = tree.topNode.getChild("Expr") ?? tree.topNode.firstChild;
  return top && firstError(text) === undefined ? toExpr(top, source) : undefined;
}

function toExpr(node: SyntaxNode, source: string): Expr {
  const text = (from: SyntaxNode): string => source.slice(from.from, from.to);
  const inner = (): Expr => {
    const child = node.getChild("Expr");
    return child ? toExpr(child, source) : { type: "literal", text: text(node) };
  };
  switch (node.name) {
    case "ParenExpr":
    case "OffsetExpr":
    case "StepInvariantExpr":
    case "AnchoredExpr":
    case "SmoothedExpr":
      return inner();
    case "MatrixSelector":
    case "SubqueryExpr":
      return { type: "range", of: inner() };
    case "UnaryExpr":
      return { type: "negation", of: inner() };
    case "VectorSelector":
      return selector(node, text);
    case "FunctionCall": {
      const fn = node.getChild("FunctionIdentifier");
      return { type: "call", fn: fn ? text(fn) : "", args: callArguments(node, source) };
    }
    case "AggregateExpr": {
      const op = node.getChild("AggregateOp");
      const modifier = node.getChild("AggregateModifier");
      return {
        type: "aggregation",
        op: op ? text(op).toLowerCase() : "",
        grouping: modifier?.getChild("Without") ? "without" : "by",
        labels: modifier ? (groupingLabels(modifier, text)[0] ?? []) : [],
        args: callArguments(node, source),
      };
    }
    case "BinaryExpr":
      return binary(node, source, text);
    default:
      return { type: "literal", text: text(node) };
  }
}

function callArguments(node: SyntaxNode, source: string): readonly Expr[] {
  const body = node.getChild("FunctionCallBody");
  return body ? body.getChildren("Expr").map((child) => toExpr(child, source)) : [];
}

type TextOf = (node: SyntaxNode) => string;

function selector(node: SyntaxNode, text: TextOf): Expr {
  const list = node.getChild("LabelMatchers");
  const matchers = [...(list?.getChildren("UnquotedLabelMatcher") ?? []), ...(list?.getChildren("QuotedLabelMatcher") ?? [])]
    .map((matcher): Matcher | undefined => {
      const label = matcher.getChild("LabelName") ?? matcher.getChild("QuotedLabelName");
      const op = matcher.getChild("MatchOp");
      const value = matcher.getChild("StringLiteral");
      if (!label || !op || !value) return undefined;
      return { label: unquote(text(label)), op: matchOp(text(op)), value: unquote(text(value)) };
    })
    .filter((matcher) => matcher !== undefined);
  const identifier = node.getChild("Identifier");
  const quoted = list?.getChild("QuotedLabelName");
  const named = matchers.find(({ label, op }) => label === "__name__" && op === "=");
  const metric = identifier ? text(identifier) : quoted ? unquote(text(quoted)) : (named?.value ?? "");
  return { type: "selector", metric, matchers: matchers.filter(({ label }) => label !== "__name__") };
}

function binary(node: SyntaxNode, source: string, text: TextOf): Expr {
  const [left, right] = node.getChildren("Expr");
  if (!left || !right) return { type: "literal", text: text(node) };
  const clause = node.getChild("MatchingModifierClause");
  const lists = clause ? groupingLabels(clause, text) : [];
  const side = clause?.getChild("GroupLeft") ? "left" : clause?.getChild("GroupRight") ? "right" : undefined;
  let operator = left.nextSibling;
  while (operator?.name === "LineComment") operator = operator.nextSibling;
  return {
    type: "binary",
    op: operator ? text(operator).toLowerCase() : "",
    bool: node.getChild("BoolModifier") !== null,
    ...(clause && { matching: { on: clause.getChild("On") !== null, labels: lists[0] ?? [] } }),
    ...(side && { group: { side, include: lists[1] ?? [] } }),
    left: toExpr(left, source),
    right: toExpr(right, source),
  };
}

function groupingLabels(node: SyntaxNode, text: TextOf): readonly (readonly string[])[] {
  return node
    .getChildren("GroupingLabels")
    .map((list) =>
      [...list.getChildren("LabelName"), ...list.getChildren("QuotedLabelName")].map((label) => unquote(text(label))),
    );
}

function matchOp(text: string): Matcher["op"] {
  return text === "!=" || text === "=~" || text === "!~" ? text : "=";
}

/** The value of a PromQL string literal: Go's escapes for quotes, none between backticks. */
function unquote(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  if (!/^["']/.test(text)) return text;
  return text.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => ({ n: "\n", t: "\t" })[escaped] ?? escaped);
}
