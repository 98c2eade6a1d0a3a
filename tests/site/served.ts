import { resolve } from "node:path";
import type { ComparedCommits } from "../../core/site/comparison";
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

/** What a change could touch: something of every form, on both sides and on one. */
export const someChanges: ComparedCommits = {
  ...{ base: "1111111 Base", head: "2222222 Head", before: new Set(["alerts/MCHighMailboxDepth/index.html"]) },
  stacks: [
    {
      stack: "dev",
      comparisons: [
        {
          ...{ kind: "alert", action: "changed", name: "MCHighMailboxDepth", notes: ["Touches one journey."] },
          before: { file: "alerts/MCHighMailboxDepth/index.html" },
          after: { file: "alerts/MCHighMailboxDepth/index.html" },
          parts: [
            { what: "fires when", form: "words", before: "it is above 100", after: "it is above 200" },
            { what: "for", form: "words", before: "2m", after: "2m" },
            { what: "expression", form: "promql", before: "depth > 100", after: "depth > 200" },
            {
              ...{ what: "threshold", form: "bounds", unit: "s" },
              before: [{ value: 0.1, color: "red" }],
              after: [{ value: 0.2, color: "red" }],
            },
          ],
        },
        {
          ...{ kind: "runbook section", action: "added", name: "mc/incident-response.md#new", notes: [] },
          parts: [{ what: "text", form: "lines", after: "### Symptoms\n\nNothing." }],
        },
      ],
    },
  ],
};

/** Serves a site as `npm run show` does, but on a port that is free. */
export async function serve(content: Content): Promise<SiteServer & { readonly url: string }> {
  const files = renderSite(content, loadSiteAssets());
  const { runbooksPath, grafanaPath } = localAddresses(content.environment);
  const server = await serveSite(0, { files: () => files, runbooksPath, grafanaPath });
  if (!server) throw new Error("No port is free.");
  return { ...server, url: `http://localhost:${server.port}` };
}
