import { fileChecks, privacyCheck } from "../../core/checks/files";
import { runCheck, runChecks, type Check } from "../../core/checks/check";
import type { Configuration } from "../../core/load/files/configuration";
import { listFiles, matching } from "../../core/load/files/find-files";
import { loadFiles, type Repository } from "../../core/load/files/load-files";
import { locateInFiles } from "../../core/load/files/locate";
import { readText } from "../../core/load/files/read-text";
import type { AcceptedFinding, Finding } from "../../core/model/finding";
import type { Model } from "../../core/model/model";
import { UsageError } from "../../machine/system/user-error";

/** Told what is being done, often; whoever listens shows some of it. */
export type Say = (line: string) => void;

/** The checks that a configuration asks for. */
export function checksOf({ privacy }: Configuration): readonly Check[] {
  return privacy ? [...fileChecks, privacyCheck] : fileChecks;
}

/** What was loaded, and everything that is wrong with it, in the order of files and lines. */
export interface CheckedFiles {
  readonly model: Model;
  readonly findings: readonly Finding[];
  /** What is accepted beside it, in comments of Markdown. */
  readonly accepted: readonly AcceptedFinding[];
}

/** Checks the files that a configuration names. */
export function checkFiles(root: string, configuration: Configuration, say: Say = () => undefined): CheckedFiles {
  return checkRepository(openRepository(root, configuration, say), configuration, say);
}

/** The files below a folder. Refuses a configuration that names none of them. */
export function openRepository(root: string, configuration: Configuration, say: Say = () => undefined): Repository {
  const files = listFiles(root);
  refuseEmpty(configuration, files);
  return {
    files,
    read: (file) => {
      say(`Reading ${file} …`);
      return readText(root, file);
    },
  };
}

/** The same of files that may stand anywhere. */
export function checkRepository(repository: Repository, configuration: Configuration, say: Say = () => undefined): CheckedFiles {
  const model = loadFiles(configuration, repository);
  const checks = checksOf(configuration);
  for (const [index, check] of checks.entries()) {
    say(`Checking ${check.id} (${index + 1} of ${checks.length}) …`);
    runCheck(check, model);
  }
  const { findings, accepted } = runChecks(model, checks);
  return { model, findings: locatedInOrder(findings, repository), accepted: locatedInOrder(accepted, repository) };
}

/** The findings with their lines, in the order of files and lines. */
export function locatedInOrder<T extends Finding>(findings: readonly T[], { read }: Repository): readonly T[] {
  const located = locateInFiles(findings, (file) => {
    const text = read(file);
    return "text" in text ? text.text : undefined;
  });
  return [...located].sort(inOrder);
}

/** A glob that matches nothing is a slip, and would look like a clean check. */
function refuseEmpty(configuration: Configuration, files: readonly string[]): void {
  const { rules, dashboards, runbooks, manifests, prometheus, alertmanager, sql, metrics } = configuration;
  const lists = {
    rules,
    dashboards,
    runbooks,
    manifests,
    prometheus,
    alertmanager,
    sql,
    metrics: metrics.flatMap((source) => source.files),
  };
  const empty = Object.entries(lists).flatMap(([key, globs]) =>
    globs
      .filter((glob) => !glob.startsWith("!") && matching(files, [glob]).length === 0)
      .map((glob) => `\`${key}\`: "${glob}" matches no file.`),
  );
  if (Object.values(lists).every((globs) => globs.length === 0))
    throw new UsageError("The configuration names no files. Let chain init look for them.");
  if (empty.length > 0) throw new UsageError(`${empty.join("\n")}\nCorrect the globs, or remove them.`);
}

function inOrder({ subject: a }: Finding, { subject: b }: Finding): number {
  return a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
