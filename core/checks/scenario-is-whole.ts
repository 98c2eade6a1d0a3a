import { isScenario } from "../model/runbook";
import { runbookSubject, within } from "../model/section-content";
import { problem, type Check } from "./check";

const parts: readonly string[] = ["Symptoms", "Impact", "Diagnosis", "Remediation", "Escalation"];

/** All scenarios read alike. */
export const scenarioIsWhole: Check = {
  id: "scenario-is-whole",
  description: `A scenario has the headings ${parts.join(", ")}, in this order.`,
  severity: "error",
  run: (model) =>
    model.runbooks.flatMap((document) =>
      document.headings.filter(isScenario).flatMap((scenario) => {
        const below = within(scenario, document.headings).filter(({ level }) => level === scenario.level + 1);
        const titles = below.map(({ title }) => title);
        if (titles.join() === parts.join()) return [];
        return [
          problem(
            runbookSubject(document, scenario.line),
            `"${scenario.title}" has the headings ${titles.join(", ") || "(none)"}. It needs ${parts.join(", ")}, in this order.`,
          ),
        ];
      }),
    ),
};
