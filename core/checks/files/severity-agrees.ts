import { runbookLink } from "../../model/files/runbook-link";
import type { LoadedRule } from "../../model/files/loaded";
import { indexOf } from "../../model/model";
import { headingOf, runbookSubject } from "../../model/section-content";
import { problem, type Check } from "../check";

const words = ["page", "critical", "warning", "info"];
/** "**Severity:** page", "Severity: `warning`", "| Severity | page |", alone on its line. */
const stated =
  /^\s*(?:[-*]\s+|\|\s*)?(?:\*\*|__)?severity(?:\*\*|__)?\s*[:|](?:\*\*|__)?\s*`?(page|critical|warning|info)`?\s*\|?\s*\.?$/i;

/** A runbook that calls a page a warning lets people sleep on. */
export const severityAgrees: Check = {
  id: "severity-agrees",
  description:
    "A severity that a section states is that of every alert that leads to it, and one that a summary begins with is the alert's own.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files) return [];
    const { documents } = indexOf(model);
    const alerts = files.rules.filter(({ kind, labels }) => kind === "alert" && words.includes(labels["severity"] ?? ""));
    const used = new Set(alerts.map(severityOf));
    return alerts.flatMap((alert) => {
      const link = runbookLink(alert, files);
      const document = link && documents.get(link.path);
      const heading = link && headingOf(document, link.slug);
      if (!document || !heading) return [];
      const lines = document.text.split("\n").slice(heading.line, ownEnd(document.headings, heading));
      return lines.flatMap((line, offset) => {
        const said = stated.exec(line)?.[1]?.toLowerCase();
        if (said === undefined || said === severityOf(alert) || !used.has(said) || saysBoth(lines, alert)) return [];
        return [
          problem(
            runbookSubject(document, heading.line + 1 + offset),
            `says the severity "${said}", but the alert ${alert.name}, which leads here, has "${severityOf(alert)}". Correct one of them.`,
          ),
        ];
      });
    });
  },
};

function severityOf({ labels }: LoadedRule): string {
  return labels["severity"] ?? "";
}

function saysBoth(lines: readonly string[], alert: LoadedRule): boolean {
  return lines.some((line) => stated.exec(line)?.[1]?.toLowerCase() === severityOf(alert));
}

/** What stands below a heading, up to the next heading of the same level or above. */
function ownEnd(
  headings: readonly { readonly line: number; readonly level: number }[],
  heading: { readonly line: number; readonly level: number; readonly lastLine: number },
): number {
  return headings.find(({ line, level }) => line > heading.line && level <= heading.level)?.line ?? heading.lastLine;
}
