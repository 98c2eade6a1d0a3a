import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stackNames } from "../load/stack-file";
import { readOptions } from "../local/command-line";
import { git, resolveCommit, tryGit } from "../local/git";
import { requireStack } from "../local/stack-files";
import { UserError } from "../local/user-error";
import { withWorktree } from "../local/worktree";
import { renderPreview } from "../preview/markdown";
import { previewProject } from "../preview/preview-project";

const usage = `Usage: npm run preview -- --base <commit> [options]

  --base <commit>  what to compare with, such as origin/main: the commit at which this branch left it
  --stack <name>   preview this stack; without it: every stack

Writes preview.md and preview.json. Exits with 1 when the head would not be deployed.`;

const options = {
  base: { type: "string" },
  stack: { type: "string" },
} as const;

/** What the working tree changes, compared with a base commit: deployed to throw-away stacks, and told by meaning. */
export async function main(args: string[]): Promise<number> {
  const { base, stack } = readOptions(args, options, usage);
  if (base === undefined) throw new UserError(`--base is missing.\n${usage}`);
  const headRoot = resolve(__dirname, "..");
  if (stack !== undefined) requireStack(headRoot, stack);
  const commit = commitOf(headRoot, base);
  const note = (line: string): void => console.log(line);
  const stacks = stack === undefined ? stackNames(headRoot) : [stack];
  const preview = await withWorktree({ projectRoot: headRoot, commit, note }, (baseRoot) =>
    previewProject({ headRoot, baseRoot, stacks, base: describeCommit(headRoot, commit), head: describeHead(headRoot), note }),
  );
  const markdown = renderPreview(preview);
  writeFileSync(join(headRoot, "preview.md"), markdown);
  writeFileSync(join(headRoot, "preview.json"), `${JSON.stringify(preview, null, 2)}\n`);
  note(`\nWrote preview.md (${markdown.length} characters) and preview.json.`);
  return preview.stacks.some(({ refusal }) => refusal !== "") ? 1 : 0;
}

/** Where this branch left its base: what the base has got since then is not this branch's change. */
function commitOf(root: string, base: string): string {
  const named = resolveCommit(root, base);
  if (named === undefined) {
    const [remote, ...branch] = base.split("/");
    const fetch = branch.length > 0 ? `git fetch ${remote ?? ""} ${branch.join("/")}` : "git fetch --unshallow";
    throw new UserError(`This clone has no commit "${base}". Fetch it (${fetch}), or name another with --base.`);
  }
  return tryGit(root, "merge-base", named, "HEAD") ?? named;
}

function describeCommit(root: string, commit: string): string {
  return git(root, "show", "--no-patch", "--format=%h %s", commit);
}

function describeHead(root: string): string {
  const isClean = git(root, "status", "--porcelain") === "";
  return `${describeCommit(root, "HEAD")}${isClean ? "" : " (with changes that are not committed)"}`;
}
