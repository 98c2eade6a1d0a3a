import { serviceDependencies } from "../../model/dependency";
import type { Metric, LabelValues } from "../../model/metric";
import { runbookService } from "../../model/runbook";
import type { Service } from "../../model/service";
import { describeObjective } from "../../model/slo";
import { addressOf, metricElement } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import type { Page } from "../page";
import { linksFrom, severityMark } from "../parts/links";
import { list, table } from "../parts/table";

/** A service: its alerts, dashboards, runbooks, objectives, metrics, and on whom it leans. */
export function servicePage(service: Service, content: Content): Page {
  const { model, situations } = content;
  const address = addressOf.service(service.id);
  const links = linksFrom(address.file, model);
  const runbooks = model.runbooks.filter(({ path }) => runbookService(path) === service.id);
  const leaning = model.dependencies.filter((dependency) => dependency.service.id === service.id);
  const leanedOn = serviceDependencies(model.dependencies).filter(({ upstream }) => upstream.id === service.id);
  const own = situations.filter((situation) => situation.service === service.id);
  const section = (title: string, inner: Html | undefined): Html | undefined =>
    inner &&
    html`<h2>${title}</h2>
      ${inner}`;
  const body = html`${section(
    "Alerts",
    table(
      "Alerts",
      ["alert", "severity", "fires when", "section"],
      service.alerts.map((alert) => [
        links.to(addressOf.alert(alert), alert.name),
        severityMark(alert.severity),
        links.condition(alert),
        links.section(alert.runbook),
      ]),
    ),
  )}
  ${section("Dashboards", list(service.dashboards.map((dashboard) => html`${links.to(addressOf.dashboard(dashboard), dashboard.title)} <span class="aside">${dashboard.description}</span>`)))}
  ${section("Runbooks", list(runbooks.map(({ path, headings }) => links.to(addressOf.runbook(path), headings[0]?.title ?? path))))}
  ${section("Objectives", list(service.slos.map((slo) => html`${slo.title}: ${describeObjective(slo)}. ${links.section(slo.runbook)}`)))}
  ${section("Leans on", list(leaning.map(({ upstream, reason }) => html`${"alerts" in upstream ? links.to(addressOf.service(upstream.id), upstream.title) : upstream.title}. ${reason}`)))}
  ${section("Is leaned on by", list(leanedOn.map((each) => html`${links.to(addressOf.service(each.service.id), each.service.title)}. ${each.reason}`)))}
  ${section(
    "Situations",
    own.length === 0
      ? undefined
      : html`<details>
          <summary>${own.length} standard situations</summary>
          ${list(own.map(links.situation))}
        </details>`,
  )}
  ${section("Metrics", metricsTable(Object.values(service.metrics)))}`;
  return { address, title: service.title, body };
}

/** Metrics that no service exports itself. */
export function platformPage({ model }: Content): Page {
  return { address: addressOf.platform(), title: "Platform metrics", body: html`${metricsTable(Object.values(model.platform))}` };
}

function metricsTable(metrics: readonly Metric[]): Html | undefined {
  return table(
    "Metrics",
    ["metric", "type", "what it counts", "labels"],
    metrics.map((metric) => [
      html`<code id="${metricElement(metric.name)}" tabindex="-1">${metric.name}</code>`,
      metric.type,
      metric.help,
      html`${Object.entries(metric.labels).map(([label, values]) => html`<div><code>${label}</code> ${describeValues(values)}</div>`)}`,
    ]),
  );
}

function describeValues(values: LabelValues): string {
  return "atMost" in values ? `at most ${values.atMost} values` : values.join(", ");
}
