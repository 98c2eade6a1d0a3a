import { matchesSome } from "../../model/files/catalog";
import { indexOf, type ModelIndex } from "../../model/model";
import { parsePromql, walk } from "../../model/promql-syntax";
import { problem, type Check } from "../check";

/** Who is paged wants to see what fires. */
export const panelShowsAlert: Check = {
  id: "panel-shows-alert",
  description: "A metric of every alert on the services' own metrics is on a panel.",
  severity: "warning",
  run: (model) => {
    const { files } = model;
    if (!files || files.dashboards.length === 0 || files.metrics.length === 0) return [];
    const index = indexOf(model);
    const shown = new Set(
      files.dashboards.flatMap(({ panels }) =>
        panels.flatMap(({ targets }) => targets.flatMap(({ query = "" }) => metricsIn(query, index))),
      ),
    );
    // A query that could not be read may show anything, and so may a library panel.
    const isBlind = files.dashboards.some(({ panels }) => panels.some(({ isLibrary }) => isLibrary));
    if (isBlind) return [];
    const declared = new Set(files.metrics.map(({ name }) => name));
    const isOwn = (name: string): boolean =>
      declared.has(name) && !ofThePlatform.test(name) && !matchesSome(name, files.elsewhere.metrics);
    return files.rules
      .filter(({ kind }) => kind === "alert")
      .flatMap(({ expr, subject }) => {
        const own = metricsIn(expr, index).filter(isOwn);
        if (own.length === 0 || own.some((name) => shown.has(name))) return [];
        return [
          problem(
            subject,
            `no panel shows ${own.join(" or ")}, on which the alert stands. Add a panel, so that who is paged sees it.`,
          ),
        ];
      });
  },
};

/** The metrics behind an expression: those of recording rules in their place, a histogram for its series. */
function metricsIn(expr: string, index: ModelIndex, depth = 0): readonly string[] {
  const tree = parsePromql(expr);
  return [...(tree ? walk(tree) : [])].flatMap((node) => {
    if (node.type !== "selector") return [];
    const known = index.series.get(node.metric);
    return known?.rule && depth < 5
      ? [node.metric, ...metricsIn(known.rule.query.expr, index, depth + 1)]
      : [node.metric.replace(/_(bucket|count|sum)$/, "")];
  });
}

/** What every service has, and no team draws by itself. */
const ofThePlatform = /^(?:kube|container|node|go|process|prometheus|kubelet|apiserver|scrape|machine)_/;
