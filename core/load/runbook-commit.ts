import { execFileSync } from "node:child_process";
import type { Finding } from "../model/finding";

/** What stands in an address for the commit whose runbooks are deployed. */
export const commitPlaceholder = "{commit}";

/** An address with that commit in it, and what keeps people from reading there what is deployed. */
export interface CommittedAddress {
  readonly address: string;
  readonly findings: readonly Finding[];
}

/**
 * The address of the runbooks with the last commit that changed them in place of `{commit}`, so that links lead to the text
 * that was deployed: after a rollback too, and where the main branch is ahead. Other addresses stay as they are.
 */
export function withRunbookCommit(address: string, projectRoot: string, file: string): CommittedAddress {
  if (!address.includes(commitPlaceholder)) return { address, findings: [] };
  const finding = (severity: Finding["severity"], message: string): Finding => ({
    check: "settings",
    severity,
    subject: { file, name: "runbookBaseUrl" },
    message,
  });
  const commit = git(projectRoot, "log", "-1", "--format=%H", "--", "runbooks");
  if (!commit)
    return {
      address,
      findings: [
        finding("error", `names ${commitPlaceholder}, but this folder is no git checkout in which the runbooks are committed.`),
      ],
    };
  const changed = git(projectRoot, "status", "--porcelain", "--", "runbooks");
  return {
    address: address.replaceAll(commitPlaceholder, commit),
    findings: changed
      ? [finding("warning", `leads to commit ${commit.slice(0, 12)}, but the runbooks have changes that are in no commit.`)]
      : [],
  };
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
