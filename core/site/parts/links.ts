import { describeCondition, type Alert } from "../../model/alert";
import { indexOf, type Model } from "../../model/model";
import type { Panel } from "../../model/panel";
import type { RunbookSection } from "../../model/runbook";
import type { Situation } from "../../simulate/situation";
import { addressOf, linkBetween, type Address } from "../address";
import { html, type Html } from "../html";

/** Links from one page to the things of the model, each by its own name. */
export interface PageLinks {
  readonly to: (address: Address, text: string | Html) => Html;
  readonly alert: (alert: Alert) => Html;
  readonly section: (section: RunbookSection) => Html;
  /** The panel on its dashboard; its title alone where it is on none. */
  readonly panel: (panel: Panel) => Html;
  /** When it fires, in words that begin with the panel where they measure what that shows. */
  readonly condition: (alert: Alert) => Html;
  readonly situation: (situation: Pick<Situation, "id" | "title">) => Html;
}

/** The links of a page, by the page's file. */
export function linksFrom(file: string, model: Model): PageLinks {
  const { dashboardOf } = indexOf(model);
  const to = (address: Address, text: string | Html): Html => html`<a href="${linkBetween(file, address)}">${text}</a>`;
  const panelLink = (panel: Panel): Html => {
    const dashboard = dashboardOf.get(panel);
    return dashboard ? to(addressOf.panel(dashboard, panel), panel.title) : html`${panel.title}`;
  };
  return {
    to,
    alert: (alert) => html`<span class="alert">${severityMark(alert.severity)} ${to(addressOf.alert(alert), alert.name)}</span>`,
    section: (section) => to(addressOf.section(section), section.title),
    panel: panelLink,
    condition: (alert) => {
      const condition = describeCondition(alert);
      return condition.startsWith("it ") ? html`${panelLink(alert.panel)} ${condition.slice(3)}` : html`${condition}`;
    },
    situation: ({ id, title }) => html`${to(addressOf.situation(id), id)}: ${title}`,
  };
}

/** A severity as a word in its color. */
export function severityMark(severity: string): Html {
  return html`<span class="severity s-${severity}">${severity === "none" ? "watchdog" : severity}</span>`;
}
