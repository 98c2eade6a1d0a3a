import { checks } from "../core/checks";
import type { AcceptedFinding, Finding } from "../core/model/finding";
import { countFindings, renderAccepted, renderFindings } from "../core/render/findings";
import { renderSarif } from "../core/render/sarif";
import type { ValueDescription } from "../machine/terminal/command";

/** The option that says how findings are printed. */
export const formatOption = {
  type: "string",
  value: "<format>",
  help: "text, json or sarif",
  choices: ["text", "json", "sarif"],
  default: "text",
} as const satisfies ValueDescription;

/** Findings as `check` prints them, in one of the formats, and what was accepted, with the reasons. */
export function renderReport(findings: readonly Finding[], accepted: readonly AcceptedFinding[], format: string): string {
  if (format === "json") return JSON.stringify({ findings, accepted }, null, 2);
  if (format === "sarif") return renderSarif([...findings, ...accepted], [...checks, { id: "settings", description: "The settings of a stack." }]);
  const told = findings.length === 0 ? `${checks.length} checks: ${countFindings(findings)}.` : renderFindings(findings);
  return accepted.length === 0 ? told : `${renderAccepted(accepted)}\n\n${told}`;
}

/** What `check` exits with: 1 when there is an error. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}
