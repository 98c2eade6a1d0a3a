import { resolve } from "node:path";
import { exitCodeOf, formatOption, renderReport } from "../library/check-report";
import { filesOptions } from "../library/files/files-options";
import type * as filesCheck from "../library/files/run-check";
import { locateFindings } from "../core/load/source-lines";
import { readStackFile, stackNames } from "../core/load/stack-file";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { stackOption } from "../machine/terminal/stack-option";
import { checks } from "../core/checks";
import { runChecks } from "../core/checks/check";
import type { Finding } from "../core/model/finding";
import type { Model } from "../core/model/model";
import { loadProject, prepareDeployment } from "../project";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `check`. */
export const description = {
  name: "check",
  summary: "Runs all checks with the settings of every stack, and tells everything that is wrong at once.",
  options: {
    stack: stackOption("check what this stack deploys; without it: every stack"),
    format: formatOption,
    ...filesOptions,
  },
  examples: ["", "--stack prod", "--format json", "--config chain.yaml --changed-since origin/main"],
} as const satisfies CommandDescription;

/** `npm run check`: every check, with the settings of every stack. Exits with 1 when there is an error. */
export function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { stack, format, config } = values;
  if (config !== undefined) {
    // Not before it is needed: the program's own chain needs nothing of it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
    const { runFilesCheck } = require("../library/files/run-check") as typeof filesCheck;
    return Promise.resolve(
      runFilesCheck({
        config,
        format,
        changedSince: values["changed-since"],
        writesBaseline: values["write-baseline"] === true,
      }),
    );
  }
  const root = resolve(__dirname, "..");
  if (stack !== undefined) requireStack(root, stack);
  const project = loadProject(root);
  const findings = unique((stack === undefined ? stackNames(root) : [stack]).flatMap((name) => check(root, project, name)));
  const { accepted } = runChecks(project, checks);
  console.log(
    renderReport(locateFindings(root, findings, project), format, { accepted: locateFindings(root, accepted, project) }),
  );
  if (format === "text" && findings.length === 0) console.log("\nThis does not check types: npm run typecheck does.");
  return Promise.resolve(exitCodeOf(findings));
}

function check(root: string, project: Model, stack: string): readonly Finding[] {
  const { values, findings } = readStackFile(root, stack);
  if (findings.some(({ severity }) => severity === "error")) return findings;
  const prepared = prepareDeployment(project, stack, values);
  return [...findings, ...("findings" in prepared ? prepared.findings : prepared.value.warnings)];
}

/** Stacks share most of what they deploy: what is wrong in all of them is said once. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
