import { existsSync } from "node:fs";
import { runChecks } from "../core/checks/check";
import { checks } from "../core/checks";
import { locateFindings } from "../core/load/source-lines";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { exitCodeOf, formatOption, renderReport } from "./check-report";
import { defaultConfiguration } from "./files/read-configuration";
import { filesOptions } from "./files/files-options";
import { runFilesCheck } from "./files/run-check";
import { loadProgramModel } from "./program-model";

const description = {
  name: "check",
  summary: "Runs all checks on the model of this program, or on the files that chain.yaml names.",
  isOfPackage: true,
  options: { format: formatOption, ...filesOptions },
  examples: ["", "--format json"],
} as const satisfies CommandDescription;

/** `npx chain check`. */
export const check = {
  description,
  main: ({ values }: CommandLine<typeof description>): Promise<number> => {
    const config =
      values.config ?? (existsSync(defaultConfiguration) && !existsSync("model.ts") ? defaultConfiguration : undefined);
    if (config !== undefined)
      return Promise.resolve(
        runFilesCheck({
          config,
          format: values.format,
          changedSince: values["changed-since"],
          writesBaseline: values["write-baseline"] === true,
        }),
      );
    const root = process.cwd();
    const model = loadProgramModel(root);
    const result = runChecks(model, checks);
    const findings = locateFindings(root, result.findings, model);
    console.log(renderReport(findings, values.format, { accepted: locateFindings(root, result.accepted, model) }));
    return Promise.resolve(exitCodeOf(findings));
  },
};
