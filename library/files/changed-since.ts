import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Configuration } from "../../core/load/files/configuration";
import type { Finding } from "../../core/model/finding";
import { UsageError } from "../../machine/system/user-error";
import { baselineOf, beyondBaseline } from "./baseline";
import { checkFiles } from "./check-files";

/** Of the findings, those in files that changed since a commit, and those elsewhere that the commit did not have: what a change broke. */
export function changedSince(
  findings: readonly Finding[],
  { root, configuration, ref }: { readonly root: string; readonly configuration: Configuration; readonly ref: string },
): readonly Finding[] {
  const top = git(root, ["rev-parse", "--show-toplevel"]).trim();
  const commit = git(
    root,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    `There is no commit "${ref}".`,
  ).trim();
  const changed = new Set(
    [
      ...git(top, ["diff", "--name-only", "-z", commit]).split("\0"),
      ...git(top, ["ls-files", "--others", "--exclude-standard", "-z"]).split("\0"),
    ].map((file) => relative(root, join(top, file))),
  );
  const before = atCommit(top, commit, (folder) =>
    quietly(() => checkFiles(join(folder, relative(top, root)), configuration).findings),
  );
  const fresh = new Set(beyondBaseline(findings, baselineOf(before)).fresh);
  return findings.filter((finding) => changed.has(finding.subject.file) || fresh.has(finding));
}

function atCommit<T>(top: string, commit: string, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "chain-"));
  try {
    git(top, ["worktree", "add", "--detach", "--quiet", join(folder, "base"), commit]);
    return use(join(folder, "base"));
  } finally {
    git(top, ["worktree", "remove", "--force", join(folder, "base")]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A commit that has not all of the files yet has nothing to compare with. */
function quietly(check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function git(cwd: string, args: readonly string[], message = "This is no git repository: --changed-since needs one."): string {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 });
  } catch {
    throw new UsageError(message);
  }
}
