import type { Finding } from "../model/finding";

/** The findings as GitHub's workflow commands, which it shows beside the changed lines. */
export function renderGithub(findings: readonly Finding[]): string {
  return findings
    .map(({ check, severity, subject, message }) => {
      const place = [
        `file=${property(subject.file)}`,
        ...(subject.line === undefined ? [] : [`line=${subject.line}`]),
        ...(subject.column === undefined ? [] : [`col=${subject.column}`]),
        `title=${property(subject.name === undefined ? check : `${check}: ${subject.name}`)}`,
      ];
      return `::${severity} ${place.join(",")}::${data(message)}`;
    })
    .join("\n");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
