import { problem } from "../checks/check";
import { parsePromql, type Expr } from "../model/promql-syntax";
import type { LiveCheck } from "./live-check";
import { dataOr } from "./told";

/** What looks further back than Prometheus keeps silently counts less. */
export const retentionFitsRanges: LiveCheck = {
  id: "retention-fits-ranges",
  description: "Prometheus keeps samples as long as the longest range and offset of a rule.",
  severity: "error",
  run: ({ rules }, { prometheus }) => {
    const keeping = dataOr(prometheus?.keeping, undefined);
    if (keeping?.retentionSeconds === undefined || keeping.readsRemotely) return [];
    const { retentionSeconds } = keeping;
    return rules.flatMap(({ expr, subject }) => {
      const tree = parsePromql(expr);
      const seconds = tree ? reach(tree) : 0;
      return seconds <= retentionSeconds
        ? []
        : [
            problem(
              subject,
              `looks back ${inWords(seconds)}, and Prometheus keeps samples for ${inWords(retentionSeconds)}: it counts no more than those. Let Prometheus keep ${inWords(seconds)} (storage.tsdb.retention.time), or look back less.`,
            ),
          ];
    });
  },
};

/** How many seconds before now the first sample lies that a query reads. */
function reach(expr: Expr): number {
  switch (expr.type) {
    case "literal":
      return 0;
    case "selector":
      return offsetOf(expr.moved?.offset);
    case "range":
      return (expr.seconds ?? 0) + offsetOf(expr.moved?.offset) + reach(expr.of);
    case "negation":
      return reach(expr.of);
    case "call":
    case "aggregation":
      return Math.max(0, ...expr.args.map(reach));
    case "binary":
      return Math.max(reach(expr.left), reach(expr.right));
  }
}

function offsetOf(offset: number | string | undefined): number {
  return typeof offset === "number" && offset > 0 ? offset : 0;
}

function inWords(seconds: number): string {
  const [unit, size] =
    seconds >= 86_400 ? (["d", 86_400] as const) : seconds >= 3600 ? (["h", 3600] as const) : (["s", 1] as const);
  return `${Math.round((seconds / size) * 10) / 10}${unit}`;
}
