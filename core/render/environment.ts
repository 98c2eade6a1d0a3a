import { numberOf, type Dashboard, type Panel } from "../model/panel";
import type { ModelIndex } from "../model/model";
import { frontMatterOf } from "../model/front-matter";
import { anchorsOfHeadings, sectionAddress } from "../model/renderer";
import type { RunbookSection } from "../model/runbook";

/** Where an environment deploys to, and where people open it: the addresses without a slash at the end. */
export interface ResolvedEnvironment {
  /** Kubernetes namespace of what is deployed; every alert carries it as the label `namespace`. */
  readonly monitoringNamespace: string;
  readonly grafanaUrl: string;
  /** The uid of the Prometheus data source that dashboards begin with. Grafana's default when empty or left out. */
  readonly datasourceUid?: string;
  /** The folder that shows the runbooks: `<this>/mc/incident-response.md`, or as the model's renderer has it. */
  readonly runbookBaseUrl: string;
  /** Tags of every dashboard, by which they are linked with each other. None when left out. */
  readonly tags?: readonly string[];
}

/** The address of a runbook section, as what shows the runbooks has it. Of the whole runbook where the slug is empty. */
export function runbookUrl(
  { runbookBaseUrl }: Pick<ResolvedEnvironment, "runbookBaseUrl">,
  { path, slug }: Pick<RunbookSection, "path" | "slug">,
  { documents, runbookRenderer }: Pick<ModelIndex, "documents" | "runbookRenderer">,
): string {
  const document = documents.get(path);
  const headings = document?.headings ?? [];
  const place = headings.findIndex((heading) => heading.slug === slug);
  const anchor = runbookRenderer === "github" ? slug : (anchorsOfHeadings(headings, runbookRenderer)[place] ?? slug);
  return `${runbookBaseUrl}/${sectionAddress({ path, anchor, ...(document && { frontMatter: frontMatterOf(document.text) }) }, runbookRenderer)}`;
}

/** The address of a dashboard. */
export function dashboardUrl({ grafanaUrl }: ResolvedEnvironment, dashboard: Dashboard): string {
  return `${grafanaUrl}/d/${dashboard.uid}`;
}

/**
 * The address of one panel of a dashboard, alone on the page, over the last hour: an alert's annotation cannot reckon
 * with the time at which it began. Every Grafana since 7.0.3 finds a panel by its number, one in a closed row too.
 */
export function panelUrl(environment: ResolvedEnvironment, dashboard: Dashboard, panel: Panel): string {
  return `${dashboardUrl(environment, dashboard)}?from=now-1h&to=now&viewPanel=${numberOf(panel)}`;
}
