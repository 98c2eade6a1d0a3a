import { withMatchers } from "./promql-matchers";

/** How Grafana's data source for Prometheus reads the query of a variable: https://github.com/grafana/grafana, metric_find_query.ts. */
const labelValues = /^label_values\((?:([^]+),\s*)?([a-zA-Z_$][a-zA-Z0-9_]*)\)\s*$/;
const queryResult = /^query_result\(([^]+)\)\s*$/;

/** What a variable asks Prometheus for. */
export interface VariableQuery {
  /** The series, or the query, as they are written. */
  readonly expr: string;
  /** The label of the series whose values are wanted; absent where a variable stands for it, and of a query. */
  readonly label?: string;
}

/** Reads `label_values(series, label)` and `query_result(query)`; undefined for anything else, such as all values of a label. */
export function variableQuery(written: string): VariableQuery | undefined {
  const query = written.trim();
  const [, series, label = ""] = labelValues.exec(query) ?? [];
  const expr = (series ?? queryResult.exec(query)?.[1])?.trim();
  if (expr === undefined) return undefined;
  return series === undefined || label === "__name__" || label.includes("$") ? { expr } : { expr, label };
}

/** What a variable asks for as one query: of `label_values`, the series that have the label. */
export function seriesAsked({ expr, label }: VariableQuery): string {
  return label === undefined ? expr : withMatchers(expr, () => [`${label}!=""`]);
}
