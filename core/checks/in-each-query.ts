import { indexOf, type Model, type ModelIndex } from "../model/model";
import { once } from "../model/once";
import type { Expr, ReadQuery } from "../model/promql-syntax";
import { queriesIn, type PlacedQuery } from "../model/queries";
import { queryContextOf, type QueryContext } from "../model/query-context";
import { problem, type Problem } from "./check";

/** What is wrong with a query, from its text and from what is known of series. */
export type QueryFault = (tree: Expr, index: ModelIndex) => readonly string[];

/** What was found, by query, in the order in which the kinds of fault were first asked for. */
interface Found {
  readonly kinds: QueryFault[];
  readonly byQuery: Map<ReadQuery, (readonly string[] | undefined)[]>;
}

const foundIn = once<QueryContext, Found>(() => ({ kinds: [], byQuery: new Map() }));

const none: readonly string[] = [];

/**
 * What is wrong with the queries of a model: said of each, and found once for each text. A panel, its alert's runbook and
 * the stacks of a project ask for the same. Queries of all kinds, where none are named.
 */
export function inEachQuery(model: Model, faultsOf: QueryFault, kinds?: readonly PlacedQuery["kind"][]): readonly Problem[] {
  const of = faultsIn(model, faultsOf);
  return queriesIn(model).flatMap((query) =>
    kinds?.includes(query.kind) === false ? [] : of(query).map((fault) => problem(query.subject, `the ${query.kind} ${fault}`)),
  );
}

/** What is wrong with a query of the model, each thing once; nothing with a text that is no PromQL. */
export function faultsIn(model: Model, faultsOf: QueryFault): (query: PlacedQuery) => readonly string[] {
  const index = indexOf(model);
  const { kinds, byQuery } = foundIn(queryContextOf(model));
  const known = kinds.indexOf(faultsOf);
  const kind = known < 0 ? kinds.push(faultsOf) - 1 : known;
  return ({ read }) => {
    if (!read.tree) return none;
    const found = byQuery.get(read) ?? [];
    if (found.length === 0) byQuery.set(read, found);
    return (found[kind] ??= unique(faultsOf(read.tree, index)));
  };
}

function unique(faults: readonly string[]): readonly string[] {
  return faults.length === 0 ? none : [...new Set(faults)];
}
