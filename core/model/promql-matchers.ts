import { parser } from "@prometheus-io/lezer-promql";
import { parsePromql, withoutGrafanaVariables, type Matcher } from "./promql-syntax";

/** A selector of a query: the series that it names, and what it asks of their labels. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/**
 * The query with further matchers in its selectors, such as `instance=~"$instance"`: those that `added` names for each.
 * Everything else stays as it is written. Text that is no complete PromQL is left alone.
 */
export function withMatchers(expr: string, added: (selector: Selector) => readonly string[]): string {
  if (!parsePromql(expr)) return expr;
  const insertions: { readonly at: number; readonly text: string }[] = [];
  const source = expr.replace(/\$__\w+|\$\{__\w+\}/g, (variable) => withoutGrafanaVariables(variable).padEnd(variable.length));
  parser.parse(source).iterate({
    enter({ name, from, to }) {
      const selector = name === "VectorSelector" ? parsePromql(source.slice(from, to)) : undefined;
      const matchers = selector?.type === "selector" ? added(selector) : [];
      if (matchers.length > 0) insertions.push(insertion(source.slice(from, to), from, matchers.join(",")));
    },
  });
  return insertions.reduceRight((text, { at, text: inserted }) => text.slice(0, at) + inserted + text.slice(at), expr);
}

function insertion(selector: string, from: number, matchers: string): { readonly at: number; readonly text: string } {
  const inner = /\{(?<list>.*)\}\s*$/s.exec(selector)?.groups?.["list"];
  if (inner === undefined) return { at: from + selector.trimEnd().length, text: `{${matchers}}` };
  const separator = inner.trim() === "" || inner.trimEnd().endsWith(",") ? "" : ",";
  return { at: from + selector.lastIndexOf("}"), text: separator + matchers };
}
