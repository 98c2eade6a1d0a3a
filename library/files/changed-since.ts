import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Configuration } from "../../core/load/files/configuration";
import { listFiles } from "../../core/load/files/find-files";
import { readText } from "../../core/load/files/read-text";
import type { Finding } from "../../core/model/finding";
import { UsageError } from "../../machine/system/user-error";
import { baselineOf, beyondBaseline } from "./baseline";
import { checkRepository } from "./check-files";

/** What is compared with what. */
export interface Comparison {
  /** The folder of the configuration. */
  readonly root: string;
  readonly configuration: Configuration;
  readonly ref: string;
  /** What is done with the findings before they are compared: exceptions hold on both sides. */
  readonly accept: (findings: readonly Finding[]) => readonly Finding[];
}

/** Of the findings, those in files that changed since a commit, and those elsewhere that the commit did not have: what a change broke. */
export function changedSince(
  findings: readonly Finding[],
  { root: given, configuration, ref, accept }: Comparison,
): readonly Finding[] {
  const root = realpathSync(given); // git follows links
  const top = git(root, ["rev-parse", "--show-toplevel"]).trim();
  const commit = git(
    root,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    `There is no commit "${ref}".`,
  ).trim();
  const changed = new Set(
    [
      ...git(top, ["diff", "--name-only", "--no-renames", "-z", commit]).split("\0"),
      ...git(top, ["ls-files", "--others", "--exclude-standard", "-z"]).split("\0"),
    ].map((file) => relative(root, join(top, file))),
  );
  const before = atCommit(top, commit, (folder) => accept(findingsAt(join(folder, relative(top, root)), configuration)));
  const fresh = new Set(beyondBaseline(findings, baselineOf(before)).fresh);
  return findings.filter((finding) => changed.has(finding.subject.file) || fresh.has(finding));
}

function atCommit<T>(top: string, commit: string, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "chain-"));
  try {
    git(
      top,
      ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--quiet", join(folder, "base"), commit],
      `git cannot check ${commit} out beside the working tree.`,
    );
    return use(join(folder, "base"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    git(top, ["worktree", "prune"]);
  }
}

/** A commit may lack what a glob matches today: it is checked as far as it goes. */
function findingsAt(root: string, configuration: Configuration): readonly Finding[] {
  return checkRepository({ files: listFiles(root), read: (file) => readText(root, file) }, configuration).findings;
}

/** A hook has these set, for the commit that is being made: another checkout would be written into its index. */
const ofHooks = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

function git(cwd: string, args: readonly string[], message = "This is no git repository: --changed-since needs one."): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofHooks.includes(name)));
  try {
    return execFileSync("git", args, {
      cwd,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    throw new UsageError(message);
  }
}
