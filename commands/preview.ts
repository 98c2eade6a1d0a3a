import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stackNames } from "../core/load/stack-file";
import { git } from "../machine/system/git";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { stackOption } from "../machine/terminal/stack-option";
import { provideEvaluators } from "../machine/tools/engine";
import { UsageError } from "../machine/system/user-error";
import { backtestOptions, readBacktest } from "../library/run-backtest";
import { findBase } from "../machine/preview/find-base";
import { renderPreview } from "../machine/preview/markdown";
import { previewProject, type ProjectPreview } from "../machine/preview/preview-project";
import { type CommandDescription, npmLine } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

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
  },
  notes: "Writes preview.md and preview.json. Exits with 1 when the head would not be deployed.",
  examples: [
    "--base origin/main",
    "--base HEAD~1 --stack prod",
    "--base origin/main --stack prod --prometheus http://localhost:9090",
  ],
} as const satisfies CommandDescription;

/** What the working tree changes, compared with a base commit: deployed to throw-away stacks, and told by meaning. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { base, stack } = values;
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
  const commit = await findBase(headRoot, base);
  const note = (line: string): void => console.log(line);
  const stacks = stack === undefined ? stackNames(headRoot) : [stack];
  const names = { base: await describeCommit(headRoot, commit), head: await describeHead(headRoot) };
  const server = asked && { ...asked, tools: await provideEvaluators({ projectRoot: headRoot, note }) };
  const preview = await previewProject({ ...names, headRoot, baseCommit: commit, stacks, note, ...(server && { server }) });
  return write(headRoot, preview, note);
}

function write(root: string, preview: ProjectPreview, note: (line: string) => void): number {
  const markdown = renderPreview(preview);
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
