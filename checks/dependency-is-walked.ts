import { serviceDependencies, type ServiceDependency } from "../model/dependency";
import { groupBy } from "../model/group-by";
import { isScenario, runbookService, type Heading, type RunbookDocument } from "../model/runbook";
import { runbookSubject, within } from "../model/section-content";
import { problem, type Check, type Problem } from "./check";

/** Where one service leans on another, its runbooks look there first, and lead there. */
export const dependencyIsWalked: Check = {
  id: "dependency-is-walked",
  description: "The diagnosis of each scenario begins with the step that looks upstream, and links to the upstream's runbooks.",
  severity: "error",
  run: (model) =>
    [...groupBy(serviceDependencies(model.dependencies), ({ service }) => service.id)].flatMap(([service, dependencies]) =>
      model.runbooks
        .filter((document) => runbookService(document.path) === service)
        .flatMap((document) => unwalked(document, dependencies)),
    ),
};

function unwalked(document: RunbookDocument, dependencies: readonly ServiceDependency[]): readonly Problem[] {
  return document.headings
    .filter(isScenario)
    .flatMap((scenario) =>
      dependencies
        .flatMap((dependency, index) => faults(document, scenario, dependency, index === 0))
        .map((message) => problem(runbookSubject(document, scenario.line), message)),
    );
}

function faults(
  document: RunbookDocument,
  scenario: Heading,
  dependency: ServiceDependency,
  isFirst: boolean,
): readonly string[] {
  const { service, upstream, step } = dependency;
  const because = `${service.id} leans on ${upstream.id}, but`;
  const diagnosis = within(scenario, document.headings).find(({ title }) => title === "Diagnosis");
  const steps = diagnosis ? within(diagnosis, document.steps).map(({ text }) => text) : [];
  const wrongStep = isFirst
    ? steps[0] !== step &&
      `${because} the Diagnosis of "${scenario.title}" begins with "${steps[0] ?? "no step"}". Its first step must be "${step}".`
    : !steps.includes(step) && `${because} the Diagnosis of "${scenario.title}" lacks the step "${step}".`;
  const leads = within(scenario, document.links).some(({ text }) => text.startsWith(`../${upstream.id}/`));
  return [
    ...(wrongStep === false ? [] : [wrongStep]),
    ...(leads ? [] : [`${because} "${scenario.title}" has no link to a runbook of ${upstream.id}.`]),
  ];
}
