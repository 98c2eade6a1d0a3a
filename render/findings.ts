import type { Finding } from "../model/finding";
import { groupBy } from "../model/group-by";

/** The findings as a person reads them: grouped by file, errors first, and counted at the end. */
export function renderFindings(findings: readonly Finding[]): string {
  const files = [...groupBy(findings, ({ subject }) => subject.file)].sort(([a], [b]) => a.localeCompare(b));
  const groups = files.map(([file, found]) => `${file}\n${[...found].sort(byPlace).map(renderFinding).join("\n")}`);
  return [...groups, countFindings(findings)].join("\n\n");
}

/** "2 errors, 1 warning". */
export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]): string => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${severity}${number === 1 ? "" : "s"}`;
  };
  return `${count("error")}, ${count("warning")}`;
}

/** Where a finding is: `services/mc/alerts.ts:40 MCHighMailboxDepth`, as far as it is known. */
export function renderPlace({ subject }: Finding): string {
  const line = subject.line === undefined ? "" : `:${subject.line}`;
  return `${subject.file}${line}${subject.name === undefined ? "" : ` ${subject.name}`}`;
}

function renderFinding(finding: Finding): string {
  return `  ${finding.severity} ${finding.check}  ${renderPlace(finding)}\n    ${finding.message}`;
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.severity.localeCompare(b.severity) ||
    (a.subject.line ?? 0) - (b.subject.line ?? 0) ||
    (a.subject.name ?? "").localeCompare(b.subject.name ?? "")
  );
}
