import { checks } from "../core/checks";
import type { Check } from "../core/checks/check";
import type { AcceptedFinding, Finding } from "../core/model/finding";
import { countFindings, renderAccepted, renderFindings } from "../core/render/findings";
import { renderGithub } from "../core/render/github";
import { renderJunit } from "../core/render/junit";
import { renderSarif } from "../core/render/sarif";
import type { ValueDescription } from "../machine/terminal/command";

/** The option that says how findings are printed. */
export const formatOption = {
  type: "string",
  value: "<format>",
  help: "text, json, sarif, github or junit",
  choices: ["text", "json", "sarif", "github", "junit"],
  default: "text",
} as const satisfies ValueDescription;

/** What a report tells beside the findings. */
export interface ReportContext {
  /** What was accepted, with the reasons. */
  readonly accepted?: readonly AcceptedFinding[];
  readonly checks?: readonly Pick<Check, "id" | "description">[];
}

/** Findings as `check` prints them, in one of the formats. */
export function renderReport(
  findings: readonly Finding[],
  format: string,
  { accepted = [], checks: all = checks }: ReportContext = {},
): string {
  if (format === "json") return JSON.stringify({ findings, accepted }, null, 2);
  if (format === "sarif")
    return renderSarif([...findings, ...accepted], [...all, { id: "settings", description: "The settings of a stack." }]);
  if (format === "github") return renderGithub(findings);
  if (format === "junit")
    return renderJunit(
      findings,
      all.map(({ id }) => id),
    );
  const listed = accepted.length === 0 ? [] : [renderAccepted(accepted)];
  // What is to be done comes first, the result of a clean run last.
  return (
    findings.length === 0
      ? [...listed, `${all.length} checks: ${countFindings(findings)}.`]
      : [renderFindings(findings), ...listed]
  ).join("\n\n");
}

/** What `check` exits with: 1 when there is an error. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}
