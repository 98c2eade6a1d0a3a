import { watchedQuery, type Alert } from "../model/alert";
import { metricsBehind } from "../model/metrics-behind";
import { indexOf, type ModelIndex } from "../model/model";
import { subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** Whoever is paged can see on a deployed dashboard what fired. */
export const alertHasPanel: Check = {
  id: "alert-has-panel",
  description: "The panel of every alert is on a dashboard, draws the query that the alert watches, and shares its metric.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) =>
        objections(alert, index).map((message) => problem(subjectIn(service, "alerts", alert), message)),
      ),
    );
  },
};

function objections(alert: Alert, index: ModelIndex): readonly string[] {
  const { panel, when } = alert;
  const missing = index.dashboardOf.has(panel) ? [] : [`its panel "${panel.id}" is on no dashboard. Put it into a row of one.`];
  if ("expression" in when) {
    const drawn = Object.values<{ query: { expr: string } }>(panel.queries).flatMap(({ query }) => [
      ...metricsBehind(query.expr, index),
    ]);
    const shared = [...metricsBehind(when.expression.expr, index)].some((metric) => drawn.includes(metric));
    return shared
      ? missing
      : [...missing, `its expression shares no metric with its panel "${panel.id}". Name the panel that shows it.`];
  }
  if (watchedQuery(alert)) return missing;
  const ids = Object.keys(panel.queries);
  const choice = `The panel "${panel.id}" has ${ids.map((id) => `"${id}"`).join(", ")}.`;
  return [
    ...missing,
    alert.query === undefined
      ? `does not say which query of its panel it watches. ${choice} Name one as query.`
      : `watches the query "${alert.query}", which its panel does not have. ${choice}${didYouMean(alert.query, ids)}`,
  ];
}
