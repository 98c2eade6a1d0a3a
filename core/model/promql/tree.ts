/** One `label op "value"` of a selector. */
export interface Matcher {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A matcher where it was read. */
export interface PlacedMatcher extends Matcher, Span {}

/** Where something stands in the text that was read. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A PromQL expression as a tree. Parentheses are left out: they change nothing. */
export type Expr = Selector | Range | Call | Aggregation | Binary | Negation | Literal;

/** The series of a name, or of whatever name, that the matchers allow. */
export interface Selector extends Span {
  readonly type: "selector";
  /** Empty where no single name is asked for. */
  readonly metric: string;
  /** Those on labels; the name is not among them. */
  readonly matchers: readonly PlacedMatcher[];
  /** Those on the name, where they are in braces and say more than one name. */
  readonly names?: readonly PlacedMatcher[];
  /** Whether a series needs anything at all to be selected: a name or a label. */
  readonly isSelective: boolean;
  /** Whether it is matchers in braces, with no name before them and no parentheses around them. */
  readonly isOnlyBraces: boolean;
  readonly moved?: Moved;
}

/**
 * What moves a selector, a range or a subquery in time, or changes which samples it takes. Absent where nothing does. Two
 * selectors that differ in it have the same labels, and other values.
 */
export interface Moved {
  /** In seconds; as it is written where it is computed, or Grafana's. */
  readonly offset?: number | string;
  /** What stands behind `@`, as it is written. */
  readonly at?: string;
  readonly samples?: "anchored" | "smoothed";
}

/** `x[5m]`, or the subquery `x[1h:1m]`. */
export interface Range {
  readonly type: "range";
  readonly of: Expr;
  readonly isSubquery: boolean;
  /** Undefined where the duration is computed, or Grafana's. */
  readonly seconds?: number;
  /** How the duration is written where it is computed, or Grafana's. */
  readonly computed?: string;
  /** A subquery's step, if it says one: in seconds, or as it is written where it is computed, or Grafana's. */
  readonly step?: number | string;
  readonly moved?: Moved;
}

/** A function call. */
export interface Call extends Span {
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
  /** Where `on (…)` or `ignoring (…)` stands; empty, where it would. */
  readonly matchingSpan: Span;
  /** Whether missing series are made up, with `fill`. */
  readonly isFilled?: boolean;
  readonly left: Expr;
  readonly right: Expr;
}

/** `-x`, or `+x`. */
export interface Negation {
  readonly type: "negation";
  readonly sign: "+" | "-";
  readonly of: Expr;
}

/** A number (or a duration, in seconds) or a string. */
export interface Literal {
  readonly type: "literal";
  readonly text: string;
  readonly value: number | string;
}

/** What Prometheus refuses in a text, and where, if it is at one place: an offset into it. */
export interface PromqlError {
  readonly message: string;
  readonly at?: number;
  /** Not by Prometheus, but because it is more than is read here. */
  readonly isOwnLimit?: true;
}
