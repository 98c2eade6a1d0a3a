import { join, relative } from "node:path";
import type { Configuration } from "../../core/load/files/configuration";
import { listFiles } from "../../core/load/files/find-files";
import { readText } from "../../core/load/files/read-text";
import type { Finding } from "../../core/model/finding";
import { atCommit, findCommit, git } from "./at-commit";
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
  const { root, top, commit } = findCommit(given, ref);
  const changed = new Set(
    [
      ...git(top, ["diff", "--name-only", "--no-renames", "-z", commit]).split("\0"),
      ...git(top, ["ls-files", "--others", "--exclude-standard", "-z"]).split("\0"),
    ].map((file) => relative(root, join(top, file))),
  );
  const before = atCommit({ root, top, commit }, (folder) => accept(findingsAt(folder, configuration)));
  const fresh = new Set(beyondBaseline(findings, baselineOf(before)).fresh);
  return findings.filter((finding) => changed.has(finding.subject.file) || fresh.has(finding));
}

/** A commit may lack what a glob matches today: it is checked as far as it goes. */
function findingsAt(root: string, configuration: Configuration): readonly Finding[] {
  return checkRepository({ files: listFiles(root), read: (file) => readText(root, file) }, configuration).findings;
}
