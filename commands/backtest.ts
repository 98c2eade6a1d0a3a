import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readEvaluatedRules } from "../core/load/files/evaluated-rules";
import { loadDeployedRuleSet } from "../core/load/files/rule-set";
import { locateFindings } from "../core/load/source-lines";
import { readStackFile } from "../core/load/stack-file";
import { indexOf } from "../core/model/model";
import type { RuleSet } from "../core/model/rule-set";
import { renderFindings } from "../core/render/findings";
import { renderInhibitions } from "../core/render/inhibitions";
import { renderRuleObjects } from "../core/render/prometheus-rule";
import { runFilesBacktest } from "../library/files/run-files-backtest";
import { filesOptions } from "../library/files/files-options";
import { backtestNotes, backtestOptions, printBacktest, readBacktest } from "../library/run-backtest";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { deployBase } from "../machine/preview/base-deployment";
import { openBase } from "../machine/preview/base-project";
import { findBase } from "../machine/preview/find-base";
import { inIsolatedEnvironment } from "../machine/system/isolated-environment";
import { UsageError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { stackOption } from "../machine/terminal/stack-option";
import { provideEngine, provideEvaluators } from "../machine/tools/engine";
import { loadProject, prepareDeployment } from "../project";

/** What is to be known of `backtest`. */
export const description = {
  name: "backtest",
  summary: "Tells what the alerts would have done over the last days on a Prometheus' data, beside those of another commit.",
  options: {
    stack: { ...stackOption("whose alerts count"), default: "dev" },
    config: { ...filesOptions.config, help: "the alerts of the files that this configuration names, such as chain.yaml" },
    ...backtestOptions,
  },
  notes: backtestNotes,
  examples: [
    "--stack prod --prometheus http://localhost:9090",
    "--stack prod --prometheus http://localhost:9090 --days 14 --base origin/main --time-zone Europe/Vienna",
  ],
} as const satisfies CommandDescription;

const root = resolve(__dirname, "..");
// A report goes to standard output alone.
const context = { projectRoot: root, note: (line: string): void => console.error(line), terminal: process.stderr };

/** `npm run backtest`: what alerts would have done. Exits with 2 when that cannot be told. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  readBacktest(values);
  if (values.config !== undefined) return runFilesBacktest(values.config, values, () => provideEvaluators(context));
  requireStack(root, values.stack);
  const head = rulesOfStack(values.stack);
  const base = values.base === undefined ? undefined : await rulesOfBase(values.stack, await findBase(root, values.base));
  return printBacktest(values, { head, ...(base && { base }) }, await provideEvaluators(context));
}

/**
 * What a stack evaluates.
 * @throws UsageError with every finding where it cannot be deployed.
 */
function rulesOfStack(stack: string): RuleSet {
  const read = readStackFile(root, stack);
  const project = loadProject(root);
  const prepared = read.findings.length > 0 ? read : prepareDeployment(project, stack, read.values);
  if ("findings" in prepared) throw new UsageError(renderFindings(locateFindings(root, prepared.findings, project)));
  const { model, settings } = prepared.value;
  const groups = model.services.flatMap((service) =>
    renderRuleObjects(service, indexOf(model), settings).flatMap((object) => object.groups),
  );
  return { rules: readEvaluatedRules(groups), inhibitions: renderInhibitions(model, settings.receivers) };
}

/** What a commit deploys of a stack, read from what it deployed. */
async function rulesOfBase(stackName: string, commit: string): Promise<RuleSet> {
  const engine = await provideEngine(context);
  const base = await openBase(root, commit, context.note);
  const localFolder = mkdtempSync(join(tmpdir(), "dark-tower-backtest-"));
  try {
    const request = { stackName, base, headRoot: root, localFolder, engine, note: context.note };
    const { missing } = await inIsolatedEnvironment(() => deployBase(request));
    if (missing !== "") throw new UsageError(`There is nothing to compare with. ${missing}`);
    return loadDeployedRuleSet(join(localFolder, stackName, "deployed"));
  } finally {
    rmSync(localFolder, { recursive: true, force: true });
    await base.remove();
  }
}
