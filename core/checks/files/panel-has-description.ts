import type { LoadedDashboard, LoadedPanel } from "../../model/files/loaded";
import { problem, type Check, type Problem } from "../check";

/** A graph says what it shows to those who have not made it. */
export const panelHasDescription: Check = {
  id: "panel-has-description",
  description: "Every panel with a query has a description.",
  severity: "warning",
  run: ({ files }) => (files?.dashboards ?? []).flatMap(inDashboard),
};

/** Where most panels have none, one finding says so for all of them. */
function inDashboard({ panels, subject }: LoadedDashboard): readonly Problem[] {
  const asked = panels.filter(({ targets, isLibrary }) => targets.length > 0 && !isLibrary);
  const silent = asked.filter(({ description }) => description.trim() === "");
  if (silent.length * 2 > asked.length && silent.length > 1) {
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
