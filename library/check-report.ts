import { checks } from "../core/checks";
import type { Check } from "../core/checks/check";
import type { Finding } from "../core/model/finding";
import { countFindings, renderFindings } from "../core/render/findings";
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

/** Findings as `check` prints them, in one of the formats. */
export function renderReport(findings: readonly Finding[], format: string, all: readonly Check[] = checks): string {
  if (format === "json") return JSON.stringify({ findings }, null, 2);
  if (format === "sarif") return renderSarif(findings, [...all, { id: "settings", description: "The settings of a stack." }]);
  if (format === "github") return renderGithub(findings);
  if (format === "junit")
    return renderJunit(
      findings,
      all.map(({ id }) => id),
    );
  return findings.length === 0 ? `${all.length} checks: ${countFindings(findings)}.` : renderFindings(findings);
}

/** What `check` exits with: 1 when there is an error. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}
