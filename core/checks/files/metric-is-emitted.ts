import { parsePromql, walk } from "../../model/promql-syntax";
import { queriesIn } from "../../model/queries";
import { problem, type Check } from "../check";

/** A metric that only a test counts is declared, and never there. */
export const metricIsEmitted: Check = {
  id: "metric-is-emitted",
  description: "Metrics that queries use are emitted by code that is no test, where the code is known.",
  severity: "error",
  run: (model) => {
    const { metrics } = model.files ?? { metrics: [] };
    const emitted = new Set(
      metrics.filter(({ source, isEmitted }) => source === "scrape" || isEmitted === true).map(({ name }) => name),
    );
    const silent = new Map(
      metrics
        .filter(({ isEmitted, name }) => isEmitted === false && !emitted.has(name))
        .map(({ name, subject }) => [name, subject]),
    );
    if (silent.size === 0) return [];
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const names = new Set(
        [...(tree ? walk(tree) : [])].flatMap((node) =>
          node.type === "selector" ? [node.metric, node.metric.replace(/_(bucket|count|sum)$/, "")] : [],
        ),
      );
      return [...names].flatMap((name) => {
        const place = silent.get(name);
        return place
          ? [
              problem(
                subject,
                `the ${kind} uses "${name}", which only tests emit (${place.file}:${place.line ?? 1}). Emit it, or remove what waits for it.`,
              ),
            ]
          : [];
      });
    });
  },
};
