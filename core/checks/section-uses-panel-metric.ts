import { alertQuery } from "../model/alert";
import { metricsBehind } from "../model/metrics-behind";
import { indexOf } from "../model/model";
import { queriesOfFence } from "../model/queries";
import { headingOf, within } from "../model/section-content";
import { subjectIn } from "../model/service";
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
          .filter(({ language }) => language === "promql")
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
