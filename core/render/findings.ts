import type { Finding } from "../model/finding";
import { groupBy } from "../model/group-by";

/** The findings as a person reads them: by file, the same message of one file only once, and counted at the end. */
export function renderFindings(findings: readonly Finding[]): string {
  const files = [...groupBy(findings, ({ subject }) => subject.file)].map(
    ([file, found]) => `${file}\n${[...groupBy(found, sayingOf).values()].map((alike) => renderAlike(file, alike)).join("\n")}`,
  );
  return [...files, `${countFindings(findings)}.`].join("\n\n");
}

/** How many findings there are, in words: "2 errors, 1 warning". */
export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]): string => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${severity}${number === 1 ? "" : "s"}`;
  };
  return `${count("error")}, ${count("warning")}`;
}

function sayingOf({ check, severity, subject, message }: Finding): string {
  return [severity, check, subject.name, message].join("\n");
}

/** `services/mc/alerts.ts:40 MCHighMailboxDepth`, or `runbooks/mc/deployment.md:48, 197` where it is said of several lines. */
function renderAlike(file: string, alike: readonly Finding[]): string {
  const [first] = alike;
  if (!first) return "";
  const { check, severity, subject, message } = first;
  const lines = alike
    .flatMap(({ subject: { line, column } }) =>
      line === undefined ? [] : [{ line, column: column === undefined ? "" : `:${column}` }],
    )
    .sort((a, b) => a.line - b.line)
    .map(({ line, column }) => `${line}${column}`);
  const place =
    file + (lines.length === 0 ? "" : `:${lines.join(", ")}`) + (subject.name === undefined ? "" : ` ${subject.name}`);
  return `  ${severity} ${check}  ${place}\n    ${message.replaceAll("\n", "\n    ")}`;
}

/** Where one finding is, on one line. */
export function renderPlace({ subject }: Finding): string {
  const line = subject.line === undefined ? "" : `:${subject.line}${subject.column === undefined ? "" : `:${subject.column}`}`;
  return `${subject.file}${line}${subject.name === undefined ? "" : ` ${subject.name}`}`;
}
