import { resolve } from "node:path";
import { renderSite } from "../core/site/site";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { loadSiteAssets } from "../core/load/site-assets";
import { playSituations } from "../machine/show/play-situations";
import { writeSite } from "../machine/show/write-site";
import { UsageError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { stackOption } from "../machine/terminal/stack-option";
import { requireContent } from "../machine/show/require-content";
import { loadSiteContent, withoutPlots } from "../site-content";

/** What is to be known of `site`. */
export const description = {
  name: "site",
  summary: "Writes everything that a stack deploys as a web site of static files: map, alerts, runbooks, dashboards, situations.",
  options: {
    out: { type: "string", value: "<folder>", help: "where to write it: a new folder, or one that holds such a site" },
    stack: { ...stackOption("the stack to show"), default: "dev" },
    plots: { type: "boolean", help: "play the situations, and plot what came of them: some minutes" },
  },
  examples: ["--out public", "--out public --stack prod --plots"],
} as const satisfies CommandDescription;

/** Writes the site of a stack into a folder that any web server can show. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { out, stack, plots = false } = values;
  if (out === undefined) throw new UsageError("--out is missing: where is the site to be written? npm run site -- --out public");
  const projectRoot = resolve(__dirname, "..");
  requireStack(projectRoot, stack);
  const started = Date.now();
  const note = (line: string): void => console.log(line);
  const content = requireContent(stack, loadSiteContent(projectRoot, stack));
  const files = renderSite(
    {
      ...content,
      plots: plots ? await playSituations(content.model, content.situations, { projectRoot, note }) : withoutPlots,
    },
    loadSiteAssets(),
  );
  writeSite(resolve(out), files);
  const bytes = [...files.values()].reduce((sum, file) => sum + Buffer.byteLength(file), 0);
  note(
    `Wrote ${files.size} files, ${(bytes / 1024 / 1024).toFixed(1)} MiB, to ${out} in ${((Date.now() - started) / 1000).toFixed(1)} s.`,
  );
  return 0;
}
