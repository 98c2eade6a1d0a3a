import { parsePromql, walk, type Matcher } from "./promql-syntax";

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
  const tree = parsePromql(expr);
  if (!tree) return expr;
  const insertions = walk(tree)
    .flatMap((node) => {
      const matchers = node.type === "selector" ? added(node) : [];
      if (node.type !== "selector" || matchers.length === 0) return [];
      return [insertion(expr.slice(node.span.from, node.span.to), node.span.from, matchers.join(","))];
    })
    .sort((a, b) => a.at - b.at);
  return insertions.reduceRight((text, { at, text: inserted }) => text.slice(0, at) + inserted + text.slice(at), expr);
}

function insertion(selector: string, from: number, matchers: string): { readonly at: number; readonly text: string } {
  const inner = /\{(?<list>.*)\}\s*$/s.exec(selector)?.groups?.["list"];
  if (inner === undefined) return { at: from + selector.trimEnd().length, text: `{${matchers}}` };
  const separator = inner.trim() === "" || inner.trimEnd().endsWith(",") ? "" : ",";
  return { at: from + selector.lastIndexOf("}"), text: separator + matchers };
}
