import type { Alert } from "../../model/alert";
import { groupBy } from "../../model/group-by";
import { indexOf } from "../../model/model";
import { deployedQuery, renderAlert } from "../../render/alert";
import type { Plotted } from "../../simulate/plot";
import { addressOf } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import type { Page } from "../page";
import { codeBlock } from "../parts/code-block";
import { clock } from "../parts/clock";
import { linksFrom, severityMark, type PageLinks } from "../parts/links";
import { panelFigure } from "../parts/panel-figure";
import { describeReceiver } from "../parts/receiver";
import { expectationsOf } from "../parts/expectations";
import { templateWords } from "../parts/template-words";
import { list, table } from "../parts/table";
import { plotSource } from "../plot-file";
import type { Silencing } from "../silencing";

/** So many situations of either kind are drawn; of the others there is a line. */
const mostDrawn = 3;

/** An alert: what fires it, where it is seen, what to do, what it silences, who hears of it, and when it fires. */
export function alertPage(alert: Alert, content: Content, silencings: readonly Silencing[]): Page {
  const { model, environment: places } = content;
  const index = indexOf(model);
  const service = index.serviceOf.get(alert.name);
  if (!service) throw new Error(`${alert.name} is an alert of no service.`);
  const address = addressOf.alert(alert);
  const links = linksFrom(address.file, model);
  const { annotations, labels } = renderAlert(alert, service, index, places);
  const dashboard = index.dashboardOf.get(alert.panel);
  const held = alert.keepFiringFor === undefined ? "" : ` It goes on firing for ${alert.keepFiringFor} after that has ended.`;
  const body = html`<p class="lead">
      ${severityMark(alert.severity)} of ${links.to(addressOf.service(service.id), service.title)}:
      ${templateWords(alert.summary)}
    </p>
    <dl class="facts">
      <dt>Fires when</dt>
      <dd>${links.condition(alert)}.${held}</dd>
      <dt>Users notice</dt>
      <dd>${templateWords(alert.impact)}</dd>
      <dt>What to do</dt>
      <dd>${links.section(alert.runbook)} <span class="aside">${alert.runbook.path}</span></dd>
      <dt>Seen on</dt>
      <dd>
        ${links.panel(alert.panel)}${dashboard && html`, dashboard ${links.to(addressOf.dashboard(dashboard), dashboard.title)}`}
      </dd>
      <dt>Who is told</dt>
      <dd>${describeReceiver(alert, content)}</dd>
    </dl>
    <h2>What is evaluated</h2>
    ${codeBlock(deployedQuery(alert, index), "promql", `Expression of ${alert.name}`)}
    <p>${heldFor(alert)}</p>
    <h2>Its panel</h2>
    ${panelFigure(alert.panel, content, { file: address.file, source: plotSource(content, `${service.id}/good-day`) })}
    ${silences(alert, silencings, links)}
    <h2 id="situations">Situations</h2>
    ${situationsOf(alert, content, links, address.file)}
    <h2>As Alertmanager gets it</h2>
    ${table("Labels", ["label", "value"], Object.entries(labels))}
    ${table("Annotations", ["annotation", "text"], Object.entries(annotations))}`;
  return { address, title: alert.name, body, hasPlots: true };
}

function heldFor(alert: Alert): string {
  const { for: held } = alert;
  return held === "0m" || held === "0s"
    ? "It fires at once when this has a result."
    : `It is pending while this has a result, and fires after ${held}.`;
}

function silences(alert: Alert, silencings: readonly Silencing[], links: PageLinks): Html {
  const equal = (labels: readonly string[]): string => (labels.length === 0 ? "" : ` with the same ${labels.join(" and ")}`);
  const silenced = silencings.filter(({ by }) => by === alert);
  const by = silencings.filter((each) => each.silenced === alert);
  return html`<h2>What it silences</h2>
    ${list(silenced.map((each) => html`${links.alert(each.silenced)}${equal(each.equal)}`)) ?? html`<p>Nothing.</p>`}
    <h2>What silences it</h2>
    ${list(by.map((each) => html`${links.alert(each.by)}${equal(each.equal)}`)) ?? html`<p>Nothing.</p>`}`;
}

/** With what came of them where they were played; else only what must come of them, where that names the alert. */
function situationsOf(alert: Alert, content: Content, links: PageLinks, file: string): Html {
  const { plots, situations } = content;
  if (plots.type !== "simulated") {
    const named = expectationsOf(alert.name, situations);
    const why = plots.type === "none" ? plots.reason : "Situations are not plotted beside a live Prometheus.";
    return html`<p class="no-plot">${why}</p>
      ${
        named.length === 0
          ? undefined
          : html`<p>Those of which it is written that this alert comes:</p>
              ${list(named.map(({ situation, how }) => html`${links.situation(situation)} <span class="aside">${how}</span>`))}`
      }`;
  }
  const played = [...plots.played.values()];
  const fired = played.filter((each) => spansOf(each, alert, "firing").length > 0);
  const waited = played.filter((each) => !fired.includes(each) && spansOf(each, alert, "pending").length > 0);
  const own = played.filter(
    (each) =>
      !fired.includes(each) &&
      !waited.includes(each) &&
      each.situation.service === content.model.services.find(({ alerts }) => alerts.includes(alert))?.id,
  );
  const silent = [...waited, ...own];
  const drawn = (each: Plotted): Html =>
    html`<div class="situation">
      <p>${links.situation(each.situation)}. ${outcomeOf(each, alert)}</p>
      ${panelFigure(alert.panel, content, { file, marks: alert, isBrief: true, source: plotSource(content, each.situation.id) })}
    </div>`;
  const rest = (some: readonly Plotted[]): Html | undefined =>
    some.length <= mostDrawn
      ? undefined
      : html`<details>
          <summary>${some.length - mostDrawn} more</summary>
          ${list(some.slice(mostDrawn).map((each) => html`${links.situation(each.situation)}. ${outcomeOf(each, alert)}`))}
        </details>`;
  return html`<h3>In which it fires: ${fired.length}</h3>
    ${fired.slice(0, mostDrawn).map(drawn)}${rest(fired)}
    <h3>
      In which it does not: ${silent.length} of its service${waited.length > 0 ? `, ${waited.length} of them after waiting` : ""}
    </h3>
    ${silent.slice(0, mostDrawn).map(drawn)}${rest(silent)}`;
}

function spansOf({ timeline }: Plotted, { name }: Alert, state: "firing" | "pending"): Plotted["timeline"]["firing"] {
  return timeline[state].filter(({ labels }) => labels["alertname"] === name);
}

function outcomeOf(plotted: Plotted, alert: Alert): string {
  const fired = plotted.notifications.filter((each) => each.alert.labels["alertname"] === alert.name);
  if (fired.length > 0) {
    const texts = fired.map(({ alert: span, toldAt }) => {
      const heard = toldAt === undefined ? "silenced" : `told at ${clock(toldAt)}`;
      return `Fires at ${clock(span.from)}, ${heard}, until ${clock(span.until)}.`;
    });
    return [...groupBy(texts, (text) => text)]
      .slice(0, 3)
      .map(([text, same]) => (same.length === 1 ? text : `${text.slice(0, -1)} (${same.length} of them).`))
      .join(" ");
  }
  const pending = spansOf(plotted, alert, "pending");
  return pending.length === 0
    ? "Not even pending."
    : `Pending from ${clock(pending[0]?.from ?? 0)} until ${clock(pending.at(-1)?.until ?? Infinity)}.`;
}
