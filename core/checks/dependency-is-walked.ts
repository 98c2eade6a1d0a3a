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
  return document.headings.filter(isScenario).flatMap((scenario) =>
    dependencies
      .map((dependency, index) => ({ dependency, faults: faults(document, scenario, dependency, index === 0) }))
      .filter(({ faults: found }) => found.length > 0)
      .map(({ dependency, faults: found }) =>
        problem(runbookSubject(document, scenario.line), describe(dependency, scenario, found)),
      ),
  );
}

function faults(
  document: RunbookDocument,
  scenario: Heading,
  { upstream, step }: ServiceDependency,
  isFirst: boolean,
): readonly string[] {
  const diagnosis = within(scenario, document.headings).find(({ title }) => title === "Diagnosis");
  const steps = diagnosis ? within(diagnosis, document.steps).map(({ text }) => text) : [];
  const first = steps[0] === undefined ? "no step" : `"${steps[0]}"`;
  const leads = within(scenario, document.links).some(({ text }) => text.startsWith(`../${upstream.id}/`));
  return [
    ...(isFirst && steps[0] !== step ? [`the Diagnosis begins with ${first} instead of "${step}"`] : []),
    ...(!isFirst && !steps.includes(step) ? [`the Diagnosis lacks the step "${step}"`] : []),
    ...(leads ? [] : [`nothing links to a runbook of ${upstream.id}`]),
  ];
}

function describe({ service, upstream, step }: ServiceDependency, { title }: Heading, found: readonly string[]): string {
  return `in "${title}" ${found.join(", and ")}, though ${service.id} leans on ${upstream.id} (services/${service.id}/index.ts). A step is a numbered item that begins in bold: \`1. **${step}.** … [${upstream.title}](../${upstream.id}/incident-response.md)\`. \`npm run generate\` writes one that is missing.`;
}
