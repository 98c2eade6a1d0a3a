import { alertQuery, describeCondition, type Alert } from "../model/alert";
import { groupBy } from "../model/group-by";
import { alertLabelsOf, seriesLabelsOf } from "../model/installation";
import type { ModelIndex } from "../model/model";
import type { Service } from "../model/service";
import { valueTemplate } from "../model/unit";
import { panelUrl, runbookUrl, type ResolvedEnvironment } from "./environment";

/** An alerting rule as Prometheus reads it. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The rule of an alert: what is drawn, beyond its threshold, with everything that leads on from it. */
export function renderAlert(alert: Alert, service: Service, index: ModelIndex, environment: ResolvedEnvironment): AlertingRule {
  const dashboard = index.dashboardOf.get(alert.panel);
  if (!dashboard) throw new Error(`${alert.name}: its panel is on no dashboard; the check alert-has-panel says so first.`);
  return {
    alert: alert.name,
    expr: deployedQuery(alert, index),
    for: alert.for,
    ...(alert.keepFiringFor !== undefined && { keep_firing_for: alert.keepFiringFor }),
    labels: {
      ...alert.labels,
      ...alertLabelsOf(index.installation),
      severity: alert.severity,
      service: service.id,
      namespace: environment.monitoringNamespace,
    },
    annotations: {
      summary: alert.summary,
      description: [describe(alert, dashboard.title), ...upstreamHints(alert, index)].join(" "),
      impact: alert.impact,
      runbook_url: runbookUrl(environment, alert.runbook, index),
      dashboard_url: panelUrl(environment, dashboard, alert.panel),
    },
  };
}

/** The expression of an alert, as Prometheus gets it. */
export function deployedQuery(alert: Alert, { labelsOf, installation }: ModelIndex): string {
  return alertQuery(alert, labelsOf, Object.keys(seriesLabelsOf(installation))).expr;
}

/** What is seen on the dashboard. The value is printed only where it is the one that the panel draws. */
function describe(alert: Alert, dashboardTitle: string): string {
  const now = "expression" in alert.when ? "" : ` (now ${valueTemplate(alert.panel.unit)})`;
  return `Fires when ${describeCondition(alert)}${now}. Seen on the dashboard "${dashboardTitle}", panel "${alert.panel.title}".`;
}

/** Which alerts explain this one when they fire too: the place to look at first. */
function upstreamHints(alert: Alert, index: ModelIndex): readonly string[] {
  const hints = groupBy(index.cascadesOf.get(alert.name) ?? [], ({ upstream, reason }) => {
    const title = index.serviceOf.get(upstream.name)?.title ?? upstream.name;
    return JSON.stringify([title, reason]);
  });
  return [...hints].map(([, cascades]) => {
    const names = cascades.map(({ upstream }) => upstream.name);
    const [first] = cascades;
    const title = index.serviceOf.get(first?.upstream.name ?? "")?.title ?? names.join(" or ");
    return `Look first at the ${title}: does ${names.join(" or ")} fire? ${first?.reason ?? ""}`;
  });
}
