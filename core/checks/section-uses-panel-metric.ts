import { alertQuery } from "../model/alert";
import { metricsBehind } from "../model/metrics-behind";
import { indexOf, type ModelIndex } from "../model/model";
import { queriesOfFence } from "../model/queries";
import type { Fence } from "../model/runbook";
import { headingOf, within } from "../model/section-content";
import { subjectIn, type Service } from "../model/service";
import { problem, type Check } from "./check";

/** The commands of a section measure what the alert that leads there is about. */
export const sectionUsesPanelMetric: Check = {
  id: "section-uses-panel-metric",
  description: "The section of an alert has a promql block with a metric of the alert's panel.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const document = index.documents.get(alert.runbook.path);
        const heading = headingOf(document, alert.runbook.slug);
        if (!document || !heading) return []; // anchor-exists says so
        const drawn = Object.values<{ query: { expr: string } }>(alert.panel.queries).map(({ query }) => query.expr);
        const watched = [...drawn, alertQuery(alert, index.labelsOf).expr];
        const wanted = new Set(watched.flatMap((expr) => [...metricsBehind(expr, index)]));
        const isUsed = within(heading, document.fences)
          .filter((fence) => fence.language === "promql" && !isOfAnother(fence, service, index))
          .some((fence) => queriesOfFence(fence).some((expr) => [...metricsBehind(expr, index)].some((one) => wanted.has(one))));
        if (isUsed) return [];
        const dashboard = index.dashboardOf.get(alert.panel);
        const block = `\`\`\`promql panel=${dashboard?.uid ?? "…"}/${alert.panel.id}`;
        return [
          problem(
            subjectIn(service, "alerts", alert),
            `leads to "${heading.title}" of runbooks/${document.path}, where no promql block uses a metric of its panel. Add a block ${block} and run \`npm run generate\`.`,
          ),
        ];
      }),
    );
  },
};

/** Whether it looks at an upstream: what the query of its panel has in common with ours, such as `up`, is of other targets. */
function isOfAnother({ attributes }: Fence, { dashboards }: Service, { panels, dashboardOf }: ModelIndex): boolean {
  const panel = panels.get(attributes["panel"] ?? "");
  const dashboard = panel && dashboardOf.get(panel);
  return dashboard !== undefined && !dashboards.some(({ uid }) => uid === dashboard.uid);
}
