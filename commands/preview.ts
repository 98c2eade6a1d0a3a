import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { loadSiteAssets } from "../core/load/site-assets";
import { stackNames } from "../core/load/stack-file";
import { provideEvaluators } from "../machine/tools/engine";
import { backtestOptions, readBacktest } from "../library/run-backtest";
import { findBase } from "../machine/preview/find-base";
import { standingBefore } from "../core/site/before";
import type { Files } from "../core/site/content";
import { renderSite } from "../core/site/site";
import { readUrl } from "../machine/terminal/option-values";
import { requireSiteFolder, writeSite } from "../machine/show/write-site";
import { git } from "../machine/system/git";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { stackOption } from "../machine/terminal/stack-option";
import { UsageError } from "../machine/system/user-error";
import type { PreviewSite } from "../machine/preview/change-links";
import { renderPreview } from "../machine/preview/markdown";
import { previewProject, type ProjectPreview } from "../machine/preview/preview-project";
import { type CommandDescription, npmLine } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import type * as siteContent from "../site-content";

const load = createRequire(__filename);

/** What is to be known of `preview`. */
export const description = {
  name: "preview",
  summary:
    "Tells what your change means for what is deployed, compared with another commit: alerts, thresholds, sections, inhibitions, budgets, resources.",
  options: {
    base: { type: "string", value: "<commit>", help: "what to compare with: the commit at which this branch left it" },
    stack: stackOption("preview this stack; without it: every stack"),
    prometheus: {
      ...backtestOptions.prometheus,
      help: "tell what the alerts that change would have done on its data, before and after",
    },
    days: { ...backtestOptions.days, help: "how many days of it, until now" },
    "time-zone": backtestOptions["time-zone"],
    site: {
      type: "string",
      value: "<folder>",
      help: "write the site there, with a page that shows before and after side by side",
    },
    "site-url": { type: "string", value: "<URL>", help: "where that folder will be shown: what changes leads there" },
    "run-url": { type: "string", value: "<URL>", help: "the run that the folder is attached to, where nothing shows it" },
  },
  notes: "Writes preview.md and preview.json. Exits with 1 when the head would not be deployed.",
  examples: [
    "--base origin/main",
    "--base origin/main --site public",
    "--base HEAD~1 --stack prod",
    "--base origin/main --stack prod --prometheus http://localhost:9090",
  ],
} as const satisfies CommandDescription;

/** What the working tree changes, compared with a base commit: deployed to throw-away stacks, and told by meaning. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { base, stack, site } = values;
  if (base === undefined)
    throw new UsageError(
      `--base is missing: what is this branch to be compared with? ${npmLine("preview", ["--base", "origin/main"])}`,
    );
  const asked =
    values.prometheus === undefined
      ? undefined
      : readBacktest({ ...values, base, format: "text", "timeout-seconds": backtestOptions["timeout-seconds"].default });
  const headRoot = resolve(__dirname, "..");
  if (stack !== undefined) requireStack(headRoot, stack);
  if (site !== undefined) requireSiteFolder(resolve(site));
  const commit = await findBase(headRoot, base);
  const note = (line: string): void => console.log(line);
  const stacks = stack === undefined ? stackNames(headRoot) : [stack];
  const names = { base: await describeCommit(headRoot, commit), head: await describeHead(headRoot) };
  const server = asked && { ...asked, tools: await provideEvaluators({ projectRoot: headRoot, note }) };
  const siteStack = site === undefined ? undefined : (stack ?? "dev");
  const { baseSite, ...preview } = await previewProject({
    ...{ ...names, headRoot, baseCommit: commit, stacks, note },
    ...(siteStack !== undefined && { siteStack }),
    ...(server && { server }),
  });
  const files = siteStack === undefined ? undefined : makeSite(headRoot, siteStack, { ...preview, baseSite, note });
  if (site !== undefined && files) writeSite(resolve(site), files);
  if (site !== undefined && files) note(`Wrote ${files.size} files to ${site}: open ${join(site, "changes", "index.html")}.`);
  return write(headRoot, preview, { note, place: files && placeOf(values, baseSite, files) });
}

/** The site as it is, with the page of what changes, and the site as it was below it. Undefined when the head would not be deployed. */
function makeSite(
  headRoot: string,
  stack: string,
  { baseSite, base, head, stacks, note }: ProjectPreview & { readonly note: (line: string) => void },
): Files | undefined {
  // Only now: the program may be one that cannot be loaded, of which the preview has told why.
  const isRefused = stacks.some((each) => each.stack === stack && each.refusal !== "");
  const program = isRefused ? undefined : (load("../site-content") as typeof siteContent);
  const loaded = program?.loadSiteContent(headRoot, stack);
  if (!program || !loaded || "findings" in loaded) {
    note(`The stack ${stack} would not be deployed, so there is no site of it.`);
    return undefined;
  }
  const changes = { base, head, stacks, before: new Set(baseSite.keys()) };
  const after = renderSite({ ...loaded.value, plots: program.withoutPlots, changes }, loadSiteAssets());
  return new Map([...after, ...standingBefore(baseSite, base)]);
}

function placeOf(
  { "site-url": siteUrl, "run-url": runUrl }: CommandLine<typeof description>["values"],
  baseSite: Files,
  files: Files,
): PreviewSite | undefined {
  if (siteUrl !== undefined)
    return {
      type: "published",
      url: new URL(readUrl("--site-url", siteUrl)).href,
      before: new Set(baseSite.keys()),
      after: new Set(files.keys()),
    };
  return runUrl === undefined ? undefined : { type: "attached", url: new URL(readUrl("--run-url", runUrl)).href };
}

function write(
  root: string,
  preview: Omit<ProjectPreview, "baseSite">,
  { note, place }: { readonly note: (line: string) => void; readonly place: PreviewSite | undefined },
): number {
  const markdown = renderPreview(preview, place);
  writeFileSync(join(root, "preview.md"), markdown);
  writeFileSync(join(root, "preview.json"), `${JSON.stringify(preview, null, 2)}\n`);
  note(`\nWrote preview.md (${markdown.length} characters) and preview.json.`);
  return preview.stacks.some(({ refusal }) => refusal !== "") ? 1 : 0;
}

function describeCommit(root: string, commit: string): Promise<string> {
  return git(root, ["show", "--no-patch", "--format=%h %s", commit]);
}

async function describeHead(root: string): Promise<string> {
  const isClean = (await git(root, ["status", "--porcelain"])) === "";
  return `${await describeCommit(root, "HEAD")}${isClean ? "" : " (with changes that are not committed)"}`;
}
