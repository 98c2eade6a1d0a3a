import type { LoadedDashboard, LoadedPanel } from "../../model/files/loaded";
import { problem, type Check, type Problem } from "../check";

/** A graph says what it shows to those who have not made it. */
export const panelHasDescription: Check = {
  id: "panel-has-description",
  description: "Every panel with a query has a description.",
  severity: "warning",
  run: ({ files }) => (files?.dashboards ?? []).flatMap(inDashboard),
};

/** Of several panels, one finding says so for all of them. Log lines explain themselves. */
function inDashboard({ panels, subject }: LoadedDashboard): readonly Problem[] {
  const asked = panels.filter(({ targets, isLibrary }) => targets.some(({ datasource }) => datasource !== "loki") && !isLibrary);
  const silent = asked.filter(({ description }) => description.trim() === "");
  if (silent.length > 1) {
    return [
      problem(
        subject,
        `${silent.length} of ${asked.length} panels have no description, such as "${firstTitle(silent)}". Say what each shows.`,
      ),
    ];
  }
  return silent.map((panel) => problem(panel.subject, "has no description. Say what it shows, and what is bad."));
}

function firstTitle([first]: readonly LoadedPanel[]): string {
  return first?.title ?? "";
}
