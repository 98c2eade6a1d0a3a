import { groupBy } from "../../model/group-by";
import { panelsOf } from "../../model/panel";
import { addressOf, metricElement, type Address } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import type { Page } from "../page";
import { linksFrom } from "../parts/links";
import { list } from "../parts/table";
import { templateWords } from "../parts/template-words";

/** Something that people look for by its name. */
export interface Entry {
  readonly kind: "alert" | "panel" | "section" | "metric" | "dashboard" | "service" | "situation";
  readonly title: string;
  /** More words by which it is found. */
  readonly text: string;
  readonly address: Address;
}

/** Everything that has an address on the site. */
export function entriesOf({ model, situations }: Content): readonly Entry[] {
  return [
    ...model.services.map((service): Entry => ({
      kind: "service",
      title: service.title,
      text: service.id,
      address: addressOf.service(service.id),
    })),
    ...model.services.flatMap((service) => [
      ...service.alerts.map((alert): Entry => ({
        kind: "alert",
        title: alert.name,
        text: templateWords(alert.summary),
        address: addressOf.alert(alert),
      })),
      ...service.dashboards.flatMap((dashboard): Entry[] => [
        { kind: "dashboard", title: dashboard.title, text: dashboard.uid, address: addressOf.dashboard(dashboard) },
        ...panelsOf(dashboard).map((panel): Entry => ({
          kind: "panel",
          title: panel.title,
          text: dashboard.title,
          address: addressOf.panel(dashboard, panel),
        })),
      ]),
      ...Object.values(service.metrics).map((metric): Entry => ({
        kind: "metric",
        title: metric.name,
        text: metric.help,
        address: addressOf.service(service.id, metricElement(metric.name)),
      })),
    ]),
    ...Object.values(model.platform).map((metric): Entry => ({
      kind: "metric",
      title: metric.name,
      text: metric.help,
      address: addressOf.platform(metricElement(metric.name)),
    })),
    ...model.runbooks.flatMap(({ path, headings }) =>
      headings
        .filter(({ level }) => level <= 2)
        .map(({ title, slug }): Entry => ({ kind: "section", title, text: path, address: addressOf.runbook(path, slug) })),
    ),
    ...situations.map(({ id, title }): Entry => ({
      kind: "situation",
      title: id,
      text: title,
      address: addressOf.situation(id),
    })),
  ];
}

/** What the search finds, as the script reads it: kind, title, more words, and the path from the site's root. */
export function renderSearchIndex(entries: readonly Entry[]): string {
  return JSON.stringify(
    entries.map(({ kind, title, text, address: { file, fragment } }) => [
      kind,
      title,
      text,
      fragment === undefined ? file : `${file}#${encodeURIComponent(fragment)}`,
    ]),
  );
}

/** All of it as one list: the search without a script. */
export function everythingPage(entries: readonly Entry[], { model }: Content): Page {
  const address = addressOf.everything();
  const links = linksFrom(address.file, model);
  const kinds = groupBy(entries, ({ kind }) => kind);
  const body = html`${[...kinds].map(
    ([kind, some]): Html =>
      html`<section>
        <h2>${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}s: ${some.length}</h2>
        <details>
          <summary>Show</summary>
          ${list(some.toSorted((a, b) => a.title.localeCompare(b.title, "en")).map((entry) => html`${links.to(entry.address, entry.title)} <span class="aside">${entry.text}</span>`))}
        </details>
      </section>`,
  )}`;
  return { address, title: "Everything", body };
}

/** What the checks found, as `npm run check` tells it. */
export function findingsPage({ findings, stack }: Content): Page {
  const body =
    findings.length === 0
      ? html`<p class="fine">The checks found nothing wrong with what the stack ${stack} deploys.</p>`
      : html`${list(findings.map(({ check, severity, subject, message }) => html`<span class="severity s-${severity}">${severity}</span> <code>${check}</code> ${subject.file}${subject.line === undefined ? "" : `:${subject.line}`} ${subject.name ?? ""}: ${message}`))}`;
  return { address: addressOf.findings(), title: "Findings", body };
}

/** Where nothing is. */
export function notFoundPage({ model }: Content): Page {
  const address = { file: "404.html" };
  const links = linksFrom(address.file, model);
  return {
    address,
    title: "There is no such page",
    body: html`<p>
      ${links.to(addressOf.map(), "To the map")}, or to ${links.to(addressOf.everything(), "the list of everything")}.
    </p>`,
  };
}
