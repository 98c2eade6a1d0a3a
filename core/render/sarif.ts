import type { AcceptedFinding, Finding } from "../model/finding";

/** What a tool needs to know of a check. */
export interface SarifRule {
  readonly id: string;
  readonly description: string;
}

/** The findings as SARIF 2.1.0, which code hosts show beside the changed lines; what was accepted is suppressed, with its reason. */
export function renderSarif(findings: readonly (Finding | AcceptedFinding)[], rules: readonly SarifRule[]): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "dark-tower-observability",
            rules: rules.map(({ id, description }) => ({ id, shortDescription: { text: description } })),
          },
        },
        results: findings.map(({ check, severity, subject, message, ...more }) => ({
          ruleId: check,
          level: severity,
          message: { text: subject.name === undefined ? message : `${subject.name}: ${message}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(subject.file) },
                region: { startLine: subject.line ?? 1, ...(subject.column !== undefined && { startColumn: subject.column }) },
              },
            },
          ],
          ...("reason" in more && {
            suppressions: [{ kind: more.isElsewhere ? "external" : "inSource", justification: more.reason }],
          }),
        })),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}
