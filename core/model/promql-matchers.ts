import { applyEdits, type Edit } from "./promql/edit";
import { parsePromql, walk, type Matcher, type Selector as ReadSelector } from "./promql-syntax";

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
  const edits = [...walk(tree)].flatMap((node) => (node.type === "selector" ? insertMatchers(node, added(node), expr) : []));
  return applyEdits(expr, edits);
}

/** What puts matchers behind those that a selector of the text has: an edit, or none where there is nothing to put. */
export function insertMatchers({ from, to }: ReadSelector, matchers: readonly string[], text: string): readonly Edit[] {
  if (matchers.length === 0) return [];
  const selector = text.slice(from, to);
  const added = matchers.join(",");
  const inner = /\{(?<list>.*)\}\s*$/s.exec(selector)?.groups?.["list"];
  if (inner === undefined) return [insertion(from + selector.trimEnd().length, `{${added}}`)];
  const separator = inner.trim() === "" || inner.trimEnd().endsWith(",") ? "" : ",";
  return [insertion(from + selector.lastIndexOf("}"), separator + added)];
}

function insertion(at: number, text: string): Edit {
  return { from: at, to: at, text };
}
