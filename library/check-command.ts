import { runChecks } from "../core/checks/check";
import { checks } from "../core/checks";
import { locateFindings } from "../core/load/source-lines";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { exitCodeOf, formatOption, renderReport } from "./check-report";
import { loadProgramModel } from "./program-model";

const description = {
  name: "check",
  summary: "Runs all checks on the model of this program.",
  isOfPackage: true,
  options: { format: formatOption },
  examples: ["", "--format json"],
} as const satisfies CommandDescription;

/** `npx chain check`. */
export const check = {
  description,
  main: ({ values }: CommandLine<typeof description>): Promise<number> => {
    const result = runChecks(loadProgramModel(process.cwd()), checks);
    const findings = locateFindings(".", result.findings);
    console.log(renderReport(findings, locateFindings(".", result.accepted), values.format));
    return Promise.resolve(exitCodeOf(findings));
  },
};
