import { indexOf, type Model, type ModelIndex } from "../model/model";
import { once } from "../model/once";
import { parsePromql, type Expr } from "../model/promql-syntax";
import { queriesIn, type PlacedQuery } from "../model/queries";
import { queryContextOf, type QueryContext } from "../model/query-context";
import { problem, type Problem } from "./check";

/** What is wrong with a query, from its text and from what is known of series. */
export type QueryFault = (tree: Expr, index: ModelIndex) => readonly string[];

const foundIn = once<QueryContext, Map<QueryFault, Map<string, readonly string[]>>>(() => new Map());

/**
 * What is wrong with the queries of a model: said of each, and found once for each text. A panel, its alert's runbook and
 * the stacks of a project ask for the same. Queries of all kinds, where none are named.
 */
export function inEachQuery(model: Model, faultsOf: QueryFault, kinds?: readonly PlacedQuery["kind"][]): readonly Problem[] {
  const index = indexOf(model);
  const all = foundIn(queryContextOf(model));
  const found = all.get(faultsOf) ?? new Map<string, readonly string[]>();
  all.set(faultsOf, found);
  return queriesIn(model).flatMap(({ expr, kind, subject }) => {
    const tree = kinds?.includes(kind) === false ? undefined : parsePromql(expr);
    if (!tree) return [];
    const faults = found.get(expr) ?? [...new Set(faultsOf(tree, index))];
    found.set(expr, faults);
    return faults.map((fault) => problem(subject, `the ${kind} ${fault}`));
  });
}
