import type { Finding } from "../model/finding";
import { groupBy } from "../model/group-by";
import { renderPlace } from "./findings";

/** The findings as JUnit XML: each check is a test that its errors fail; warnings are told with it. */
export function renderJunit(findings: readonly Finding[], checks: readonly string[]): string {
  const byCheck = groupBy(findings, ({ check }) => check);
  const names = [...new Set([...checks, ...byCheck.keys()])];
  const failed = names.filter((name) => errorsOf(byCheck.get(name)).length > 0).length;
  const cases = names.map((name) => testCase(name, byCheck.get(name) ?? []));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="chain" tests="${names.length}" failures="${failed}">`,
    ...cases,
    "</testsuite></testsuites>",
  ].join("\n");
}

function testCase(name: string, findings: readonly Finding[]): string {
  const errors = errorsOf(findings);
  const lines = findings.map((finding) => `${finding.severity} ${renderPlace(finding)}: ${finding.message}`).join("\n");
  if (findings.length === 0) return `  <testcase classname="chain" name="${escaped(name)}"/>`;
  const inner =
    errors.length > 0
      ? `<failure message="${errors.length} error${errors.length === 1 ? "" : "s"}">${escaped(lines)}</failure>`
      : `<system-out>${escaped(lines)}</system-out>`;
  return `  <testcase classname="chain" name="${escaped(name)}">${inner}</testcase>`;
}

function errorsOf(findings: readonly Finding[] = []): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "error");
}

/** XML has no place for control characters. */
function escaped(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // eslint-disable-next-line no-control-regex -- these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\uFFFD")
  );
}
