import { indexOf } from "../../model/model";
import { runbookService, sourceOf, type Heading, type RunbookDocument } from "../../model/runbook";
import { addressOf } from "../address";
import type { Content } from "../content";
import { html, type Html } from "../html";
import { isImage } from "../image-file";
import type { Page } from "../page";
import { codeBlock } from "../parts/code-block";
import { linksFrom } from "../parts/links";
import { panelFigure } from "../parts/panel-figure";
import { plotSource } from "../plot-file";
import { runbookMarkup } from "../runbook-markup";

/** A runbook: its contents, its text with the anchors that the checks know, each query beside its panel, and who leads here. */
export function runbookPage(document: RunbookDocument, content: Content): Page {
  const { model } = content;
  const index = indexOf(model);
  const { path, headings } = document;
  const address = addressOf.runbook(path);
  const links = linksFrom(address.file, model);
  const service = index.services.get(runbookService(path));
  const paths = new Set(model.runbooks.map((each) => each.path));
  const source = plotSource(content, `${runbookService(path)}/good-day`);
  const [first] = headings;
  const leading = (slug: string): Html | undefined => {
    const alerts = index.alertsBySection.get(`${path}#${slug}`) ?? [];
    return alerts.length === 0
      ? undefined
      : html`<p class="leads">
          Alerts that lead here: ${alerts.map((alert, place) => html`${place === 0 ? "" : ", "}${links.alert(alert)}`)}
        </p>`;
  };
  const markup = runbookMarkup(document, {
    file: address.file,
    paths,
    images: new Set((model.runbookFiles ?? []).filter(isImage).map((file) => file.path)),
    heading: (heading, text) =>
      heading === first && heading.level === 1
        ? html`<p class="title" id="${heading.slug}">${text}</p>`
        : html`${opening(heading, text)}${leading(heading.slug)}`,
    fence: ({ info, language, code, attributes }) => {
      const block = codeBlock(code, language, info === "" ? "Code" : info);
      const named = sourceOf({ attributes });
      const panel = named?.attribute === "panel" ? index.panels.get(attributes["panel"] ?? "") : undefined;
      if (!panel) return block;
      if (!source)
        return html`${block}
          <p class="aside">On the panel ${links.panel(panel)}.</p>`;
      return html`<div class="beside">
        ${block}${panelFigure(panel, content, { file: address.file, isBrief: true, source })}
      </div>`;
    },
  });
  const isTitled = first?.level === 1;
  const body = html`${service && html`<p>Runbook of ${links.to(addressOf.service(service.id), service.title)} <span class="aside">${path}</span></p>`}
    ${content.plots.type === "none" ? html`<p class="no-plot">${content.plots.reason}</p>` : undefined}
    <nav class="contents" aria-label="Contents">
      <details open>
        <summary>Contents</summary>
        ${contents(headings)}
      </details>
    </nav>
    <article class="runbook">${markup}</article>`;
  const anchors = [...headings.map(({ slug }) => slug), ...document.anchors];
  return { address, title: isTitled ? first.title : path, body, hasPlots: true, anchors };
}

function opening({ level, slug, title }: Heading, text: Html): Html {
  const anchor = html`<a class="anchor" href="#${encodeURIComponent(slug)}" aria-label="Link to ${title}">#</a>`;
  switch (level) {
    case 1:
    case 2:
      return html`<h2 id="${slug}" tabindex="-1">${text} ${anchor}</h2>`;
    case 3:
      return html`<h3 id="${slug}" tabindex="-1">${text} ${anchor}</h3>`;
    default:
      return html`<h4 id="${slug}" tabindex="-1">${text} ${anchor}</h4>`;
  }
}

/** The sections by their titles. */
function contents(headings: readonly Heading[]): Html {
  const shown = headings.filter(({ level }) => level === 2);
  return html`<ol>
    ${shown.map(({ slug, title }) => html`<li><a href="#${encodeURIComponent(slug)}">${title}</a></li>`)}
  </ol>`;
}
