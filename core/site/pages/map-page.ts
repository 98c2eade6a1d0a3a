import { journeyBudget, journeyParts, type Journey } from "../../model/journey";
import type { Model } from "../../model/model";
import { runbookService } from "../../model/runbook";
import type { Service } from "../../model/service";
import { describeObjective } from "../../model/slo";
import { formatValue } from "../../model/unit";
import { addressOf, linkBetween } from "../address";
import type { Content } from "../content";
import { drawGraph, type GraphEdge, type GraphNode } from "../graph";
import { html, type Html } from "../html";
import type { Page } from "../page";
import { linksFrom } from "../parts/links";
import { table } from "../parts/table";
import type { Silencing } from "../silencing";

function runbooksOf({ id }: Service, { runbooks }: Model): Model["runbooks"] {
  return runbooks.filter(({ path }) => runbookService(path) === id);
}

/** The first page: the services and on whom they lean, the journeys, which alert explains which, and what was found. */
export function mapPage(content: Content, silencings: readonly Silencing[]): Page {
  const { model, findings, plots } = content;
  const address = addressOf.map();
  const links = linksFrom(address.file, model);
  const alerts = model.services.reduce((sum, service) => sum + service.alerts.length, 0);
  const dashboards = model.services.reduce((sum, service) => sum + service.dashboards.length, 0);
  // Those of the others have a page, because texts lead there, and are not deployed.
  const runbooks = model.services.reduce((sum, service) => sum + runbooksOf(service, model).length, 0);
  const body = html`<p class="lead">
      ${model.services.length} services, ${alerts} alerts, ${dashboards} dashboards, ${runbooks} runbooks;
      ${links.to(addressOf.findings(), findings.length === 0 ? "nothing found wrong" : `${findings.length} findings`)}.
    </p>
    <p>Each alert leads to the panel on which it is seen, and to the section of a runbook that says what to do.</p>
    ${plots.type === "none" ? html`<p class="no-plot">${plots.reason}</p>` : undefined}
    <h2 id="services">Services</h2>
    <div class="drawing" tabindex="0" role="region" aria-label="Services and on whom they lean">
      ${servicesGraph(content, address.file)}
    </div>
    ${table(
      "Services",
      ["service", "pages", "warnings", "dashboards", "runbooks"],
      model.services.map((service) => [
        links.to(addressOf.service(service.id), service.title),
        String(count(service, "page")),
        String(count(service, "warning")),
        html`${service.dashboards.map((dashboard, place) => html`${place === 0 ? "" : ", "}${links.to(addressOf.dashboard(dashboard), dashboard.title)}`)}`,
        html`${runbooksOf(service, model).map(({ path, headings }, place) => html`${place === 0 ? "" : ", "}${links.to(addressOf.runbook(path), headings[0]?.title ?? path)}`)}`,
      ]),
    )}
    ${
      model.journeys.length === 0
        ? undefined
        : html`<h2 id="journeys">Journeys</h2>
            ${model.journeys.map((journey) => journeyBars(journey, content, address.file))}`
    }
    <h2 id="explains">Which alert explains which</h2>
    <p>While the one on the left fires, those on the right notify nobody.</p>
    ${silencingTable(silencings, content, address.file)}`;
  return { address, title: "What is watched", body };
}

function count({ alerts }: Service, severity: string): number {
  return alerts.filter((alert) => alert.severity === severity).length;
}

function servicesGraph({ model }: Content, file: string): Html {
  const watched = model.services.map((service): GraphNode => ({
    id: `service ${service.id}`,
    title: service.title,
    note: `${service.alerts.length} alerts`,
    href: linkBetween(file, addressOf.service(service.id)),
    kind: "watched",
  }));
  const known = new Set(model.services.map(({ id }) => id));
  const edges = model.dependencies.filter(({ service }) => known.has(service.id));
  const outside = new Map(
    edges
      .filter(({ upstream }) => !known.has(upstream.id))
      .map(({ upstream }) => [
        upstream.id,
        { id: `service ${upstream.id}`, title: upstream.title, note: "not watched here", kind: "outside" },
      ]),
  );
  const connected = new Set(edges.flatMap(({ service, upstream }) => [service.id, upstream.id]));
  const nodes = [...watched.filter(({ id }) => connected.has(id.slice("service ".length))), ...outside.values()];
  if (nodes.length === 0) return html`<p>No service leans on another.</p>`;
  return drawGraph("Services and on whom they lean", {
    nodes,
    edges: edges.map(({ service, upstream, reason }): GraphEdge => ({
      from: `service ${service.id}`,
      to: `service ${upstream.id}`,
      title: `${service.title} leans on ${upstream.title}. ${reason}`,
    })),
    direction: "LR",
  });
}

const barWidth = 600;

/** A bar as long as the budget, with a piece for each step. */
function journeyBars(journey: Journey, { model }: Content, file: string): Html {
  const { spentSeconds, leftSeconds } = journeyBudget(journey);
  const scale = barWidth / Math.max(journey.budgetSeconds, spentSeconds);
  const links = linksFrom(file, model);
  let x = 0;
  const pieces = journey.steps.map((step, number) => {
    const parts = "parallel" in step ? step.parallel : [step];
    const seconds = Math.max(...parts.map(({ slo }) => slo.thresholdSeconds));
    const piece = html`<rect class="step step-${number % 4}" x="${x}" y="0" width="${Math.max(2, seconds * scale)}" height="28"
      ><title>${parts.map(({ slo }) => slo.title).join(", ")}: ${formatValue(seconds, "s")}</title></rect
    >`;
    x += seconds * scale;
    return piece;
  });
  const left = leftSeconds < 0 ? `${formatValue(-leftSeconds, "s")} over` : `${formatValue(leftSeconds, "s")} left`;
  const text = `${formatValue(spentSeconds, "s")} of ${formatValue(journey.budgetSeconds, "s")}, ${left}`;
  return html`<h3>${journey.title}</h3>
    <p>${text}, for ${formatValue(journey.quantile, "percentunit")} of them.</p>
    <svg
      class="bar"
      viewBox="0 0 ${barWidth} 28"
      preserveAspectRatio="xMinYMid"
      role="img"
      aria-label="${journey.title}: ${text}"
    >
      <rect class="budget" x="0" y="0" width="${journey.budgetSeconds * scale}" height="28" />
      ${pieces}
    </svg>
    ${table(
      journey.title,
      ["step", "service", "objective"],
      journeyParts(journey).map(({ slo, owner }) => [
        slo.title,
        links.to(addressOf.service(owner), model.services.find(({ id }) => id === owner)?.title ?? owner),
        describeObjective(slo),
      ]),
    )}`;
}

/** One line for each alert that explains others. */
function silencingTable(silencings: readonly Silencing[], { model }: Content, file: string): Html | undefined {
  const links = linksFrom(file, model);
  const causes = [...new Set(silencings.map(({ by }) => by))];
  return table(
    "Which alert explains which",
    ["while this fires", "these are silent"],
    causes.map((cause) => {
      const silent = [...new Set(silencings.filter(({ by }) => by === cause).map(({ silenced }) => silenced))];
      return [
        links.alert(cause),
        html`${silent.map((alert, place) => html`${place === 0 ? "" : ", "}${links.to(addressOf.alert(alert), alert.name)}`)}`,
      ];
    }),
  );
}
