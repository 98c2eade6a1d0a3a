import { parsePromql } from "../../model/promql-syntax";
import { isLogQl } from "../../model/files/logql";
import { problem, type Check } from "../check";

/** A query in the language of another data source shows an error. */
export const datasourceFits: Check = {
  id: "datasource-fits",
  description: "A panel on Prometheus asks in PromQL, one on Loki in LogQL.",
  severity: "error",
  run: ({ files }) =>
    (files?.dashboards ?? []).flatMap(({ panels }) =>
      panels.flatMap(({ targets }) =>
        targets.flatMap(({ expr, query, datasource, subject }) => {
          if (datasource === "prometheus" && isLogQl(expr))
            return [problem(subject, "asks Prometheus in LogQL. Give the target a Loki data source.")];
          if (
            datasource === "loki" &&
            query === undefined &&
            parsePromql(expr)?.type !== undefined &&
            !/\{[^}]*\}/.test(expr) &&
            /\w/.test(expr)
          ) {
            return [
              problem(subject, "asks Loki in PromQL, without a stream selector. Give the target a Prometheus data source."),
            ];
          }
          return [];
        }),
      ),
    ),
};
