import type { LoadedTarget, LoadedVariable } from "../../model/files/loaded";
import { seriesAsked, variableQuery } from "../../model/variable-query";
import { withoutVariables, type Variable } from "../../model/without-variables";

/** A variable with what it asks Prometheus for, where its data source may be one and that can be told. */
export function withAsked(
  variable: LoadedVariable,
  { variables, datasource }: { readonly variables: readonly Variable[]; readonly datasource: LoadedTarget["datasource"] },
): LoadedVariable {
  const isAsked = variable.type === "query" && (datasource === "prometheus" || datasource === "unknown");
  const query = isAsked ? variableQuery(variable.query) : undefined;
  const expr = query && withoutVariables(query.expr, variables);
  return expr === undefined ? variable : { ...variable, asked: seriesAsked({ ...query, expr }) };
}
