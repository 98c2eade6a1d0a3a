import { resolve } from "node:path";
import type { Content } from "../../core/site/content";
import { renderSite } from "../../core/site/site";
import { loadSiteAssets } from "../../core/load/site-assets";
import { serveSite, type SiteServer } from "../../machine/show/serve";
import { localAddresses } from "../../machine/show/stack-addresses";
import { requireContent } from "../../machine/show/require-content";
import { loadSiteContent } from "../../site-content";

/** The site of the stack `dev` without plots, or what a test makes of it. */
export function devContent(change: Partial<Content> = {}): Content {
  const plots = { type: "none", reason: "There are no plots in this test." } as const;
  return { ...requireContent("dev", loadSiteContent(resolve(__dirname, "../.."), "dev")), plots, ...change };
}

/** Serves a site as `npm run show` does, but on a port that is free. */
export async function serve(content: Content): Promise<SiteServer & { readonly url: string }> {
  const files = renderSite(content, loadSiteAssets());
  const { runbooksPath, grafanaPath } = localAddresses(content.environment);
  const server = await serveSite(0, { files: () => files, runbooksPath, grafanaPath });
  if (!server) throw new Error("No port is free.");
  return { ...server, url: `http://localhost:${server.port}` };
}
