import { AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { alertLabelsOf, seriesMatchers } from "../model/installation";
import type { ModelIndex } from "../model/model";
import { panelsOf, type Dashboard, type PanelQuery } from "../model/panel";
import { parsePromql, walk } from "../model/promql-syntax";
import type { Service } from "../model/service";
import { datasource } from "./dashboard-choices";
import { literalPattern } from "../model/literal-pattern";

const step = "1m";

/** What happened while a curve was drawn, of all services whose series it shows: alerts that fired, and instances that came. */
export function renderAnnotations(dashboard: Dashboard, index: ModelIndex): readonly AnnotationQueryBuilder[] {
  const services = drawnServices(dashboard, index);
  const jobs = services.flatMap(({ workload }) => workload?.job ?? []);
  if (jobs.length === 0) return [];
  const { installation } = index;
  const targets = `up{${[`job=~${oneOf(jobs)}`, ...seriesMatchers(installation)].join(",")}}`;
  const alerts = [
    ...['alertstate="firing"', `service=~${oneOf(services.map(({ id }) => id))}`],
    ...Object.entries(alertLabelsOf(installation)).map(([label, value]) => `${label}=${JSON.stringify(value)}`),
  ];
  return [
    annotation("Firing alerts", "red")
      .expr(`max by (alertname, severity) (ALERTS{${alerts.join(",")}})`)
      .titleFormat("{{alertname}}")
      .textFormat("{{severity}}"),
    // Not "deployments": a pod that was evicted, or that service discovery found again, comes in the same way.
    annotation("New instances", "blue")
      .expr(`group by (job, instance) (${targets}) unless group by (job, instance) (${targets} offset ${step})`)
      .titleFormat("{{instance}} is new")
      .textFormat("{{job}}: a rollout, a pod that was replaced, or a target that was found again"),
  ];
}

function annotation(name: string, color: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder().name(name).datasource(datasource).enable(true).iconColor(color).step(step);
}

function drawnServices(dashboard: Dashboard, { series }: ModelIndex): readonly Service[] {
  const drawn = panelsOf(dashboard)
    .flatMap(({ queries }) => Object.values<PanelQuery>(queries))
    .flatMap(({ query }) => [...walk(parsePromql(query.expr) ?? { type: "literal", text: "", value: "" })])
    .flatMap((node) => (node.type === "selector" ? (series.get(node.metric)?.service ?? []) : []));
  return [...new Set(drawn)];
}

/** A matcher's value that any of the names matches, and nothing else does. */
function oneOf(names: readonly string[]): string {
  return JSON.stringify(names.map(literalPattern).join("|"));
}
