import { alertQuery, type Alert } from "../../model/alert";
import { isDuration, type Duration } from "../../model/duration";
import type { LabelsOf } from "../../model/promql-labels";
import { isSameQuery, meaningOf, treeMeaning } from "../../model/promql-meaning";
import { parsePromql, type Expr } from "../../model/promql-syntax";
import { queryOf, withWindow, type Query } from "../../model/query";
import type { ImportedPanel } from "./panels";

/** A threshold on a panel that is an alert's expression, in meaning. */
export interface Threshold {
  readonly on: ImportedPanel;
  /** Of several queries of the panel, which. */
  readonly query?: string;
  readonly when: { readonly above: number } | { readonly below: number };
  /** Absent where it is the usual one. */
  readonly window?: Duration;
  /** Absent where it is what the panel's measure asks for, or where there is none. */
  readonly guard?: Query | "none";
}

const usualWindow = "5m";

/** Finds the panel whose query, beyond a number, is what an alert asks. */
export class Thresholds {
  /** Queries of panels by their meaning with a window. */
  private readonly byWindow = new Map<Duration, ReadonlyMap<string, readonly Drawn[]>>();

  constructor(
    private readonly panels: readonly ImportedPanel[],
    private readonly labelsOf: LabelsOf,
  ) {}

  find(expr: string): Threshold | undefined {
    const tree = parsePromql(expr);
    const compared =
      tree && (comparisonIn(tree) ?? (tree.type === "binary" && tree.op === "and" ? comparisonIn(tree.left) : undefined));
    if (!compared) return undefined;
    const meaning = treeMeaning(compared.query);
    for (const window of windowsIn(expr)) {
      for (const drawn of this.drawn(window).get(meaning) ?? []) {
        const found = this.guarded(expr, { ...drawn, when: compared.when, ...(window !== usualWindow && { window }) });
        if (found) return found;
      }
    }
    return undefined;
  }

  private drawn(window: Duration): ReadonlyMap<string, readonly Drawn[]> {
    const known = this.byWindow.get(window);
    if (known) return known;
    const all = new Map<string, Drawn[]>();
    for (const on of this.panels) {
      const queries = Object.entries(on.panel.queries);
      for (const [name, { query }] of queries) {
        const meaning = meaningOf(withWindow(query, window).expr);
        all.set(meaning, [...(all.get(meaning) ?? []), { on, ...(queries.length > 1 && { query: name }) }]);
      }
    }
    this.byWindow.set(window, all);
    return all;
  }

  /** The threshold with the guard that makes it the whole expression. */
  private guarded(expr: string, { on, query, ...plain }: Omit<Threshold, "guard">): Threshold | undefined {
    const usual = on.panel.queries[query ?? Object.keys(on.panel.queries)[0] ?? ""]?.measure?.guard;
    const said = { on, ...plain, ...(query !== undefined && { query }) };
    const candidates: readonly (readonly [Query | undefined, Threshold])[] = [
      [usual, said],
      [undefined, { ...said, guard: "none" }],
      ...guardsIn(expr).map((guard) => [guard, { ...said, guard }] as const),
    ];
    return candidates.find(([guard]) => isSameQuery(alertQuery(asAlert(said, guard), this.labelsOf).expr, expr))?.[1];
  }
}

type Drawn = Pick<Threshold, "on" | "query">;

function asAlert({ on, query, when, window }: Threshold, guard: Query | undefined): Alert {
  return {
    name: "",
    panel: on.panel,
    when,
    for: "0m",
    severity: "none",
    summary: "",
    impact: "",
    runbook: { path: "", slug: "", title: "" },
    examples: [],
    ...(query !== undefined && { query }),
    ...(window !== undefined && { window }),
    ...(guard && { guard }),
  };
}

function comparisonIn(tree: Expr): { readonly query: Expr; readonly when: Threshold["when"] } | undefined {
  if (tree.type !== "binary" || tree.bool || (tree.op !== ">" && tree.op !== "<")) return undefined;
  const value = numberIn(tree.right);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return { query: tree.left, when: tree.op === ">" ? { above: value } : { below: value } };
}

function numberIn(tree: Expr): number | undefined {
  if (tree.type === "literal" && typeof tree.value === "number") return tree.value;
  const inner = tree.type === "negation" && tree.sign === "-" ? numberIn(tree.of) : undefined;
  return inner === undefined ? undefined : -inner;
}

/** The windows of an expression, each of which may stand for `$__rate_interval`; the usual one first. */
function windowsIn(expr: string): readonly Duration[] {
  const found = [...expr.matchAll(/\[(\w+)\]/g)].flatMap(([, window = ""]) => (isDuration(window) ? [window] : []));
  return [...new Set<Duration>([usualWindow, ...found])];
}

/** What stands behind each `and`, as far as it is a query. */
function guardsIn(expr: string): readonly Query[] {
  return [...expr.matchAll(/\band\b(?:\s*on\s*\([^)]*\))?/g)].flatMap(({ 0: word, index }) => {
    const rest = expr.slice(index + word.length).trim();
    const inner = /^\((.*)\)$/s.exec(rest)?.[1]?.trim();
    return [inner, rest].flatMap((text) => (text !== undefined && parsePromql(text) ? [queryOf(text)] : []));
  });
}
