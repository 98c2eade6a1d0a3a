import { indexOf } from "../model/model";
import { isScenario, runbookService, type Heading, type RunbookDocument } from "../model/runbook";
import { runbookSubject, within } from "../model/section-content";
import { problem, type Check } from "./check";

const parts: readonly string[] = ["Symptoms", "Impact", "Diagnosis", "Remediation", "Escalation"];

/** All scenarios read alike, and begin where the fault may have come from. */
export const scenarioStructure: Check = {
  id: "scenario-structure",
  description: "A scenario has Symptoms, Impact, Diagnosis, Remediation and Escalation, and its first step looks upstream.",
  severity: "error",
  run: (model) =>
    model.runbooks.flatMap((document) => {
      const firstStep = indexOf(model).services.get(runbookService(document.path))?.firstStep;
      return document.headings.filter(isScenario).flatMap((scenario) => {
        const subject = runbookSubject(document, scenario.line);
        return objections(document, scenario, firstStep).map((message) => problem(subject, message));
      });
    }),
};

function objections(document: RunbookDocument, scenario: Heading, firstStep: string | undefined): readonly string[] {
  const below = within(scenario, document.headings).filter(({ level }) => level === scenario.level + 1);
  const titles = below.map(({ title }) => title);
  const structure =
    titles.join() === parts.join()
      ? []
      : [`"${scenario.title}" has the headings ${titles.join(", ") || "(none)"}. It needs ${parts.join(", ")}, in this order.`];
  const diagnosis = below.find(({ title }) => title === "Diagnosis");
  if (firstStep === undefined || !diagnosis) return structure;
  const first = within(diagnosis, document.steps)[0]?.text;
  return first === firstStep
    ? structure
    : [
        ...structure,
        `the Diagnosis of "${scenario.title}" begins with "${first ?? "no step"}". Its first step must be "${firstStep}".`,
      ];
}
