import { loadSiteAssets } from "./core/load/site-assets";
import { loadStackFile } from "./core/load/stack-file";
import { locateFindings } from "./core/load/source-lines";
import type { Result } from "./core/model/finding";
import type { Content, Files, Plots } from "./core/site/content";
import { renderSite } from "./core/site/site";
import { standardSituations } from "./core/simulate/standard";
import { incidents } from "./incidents";
import { loadProject, prepareDeployment, type Deployment } from "./project";

/** What a site shows, but for the plots. */
export type SiteContent = Omit<Content, "plots">;

/** What the site of a stack shows, or everything that stands against deploying it: then there is nothing to show. */
export function loadSiteContent(projectRoot: string, stack: string): Result<SiteContent> {
  const loaded = loadStackFile(projectRoot, stack);
  const project = loadProject(projectRoot);
  const prepared = "findings" in loaded ? loaded : prepareDeployment(project, stack, loaded.value);
  return "findings" in prepared
    ? { findings: locateFindings(projectRoot, prepared.findings, project) }
    : { value: siteContent(projectRoot, stack, prepared.value) };
}

/** What the site of a deployment shows. */
export function siteContent(projectRoot: string, stack: string, { model, settings, warnings }: Deployment): SiteContent {
  const standard = model.services.flatMap((service) => standardSituations(service, model.services));
  return {
    stack,
    model,
    environment: settings,
    receivers: settings.receivers,
    findings: locateFindings(projectRoot, warnings, model),
    situations: [...standard, ...incidents],
  };
}

/** Of a site that is written or deployed as it is, in no time. */
export const withoutPlots: Plots = {
  type: "none",
  reason: "There are no plots here: Grafana draws what the panels show, and npm run show plays the situations.",
};

/** The site that is deployed with a stack: that which npm run site writes. */
export function renderDeployedSite(projectRoot: string, stack: string, deployment: Deployment): Files {
  return renderSite({ ...siteContent(projectRoot, stack, deployment), plots: withoutPlots }, loadSiteAssets());
}
