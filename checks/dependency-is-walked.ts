import { isService, type Dependency } from "../model/dependency";
import type { Model } from "../model/model";
import { isScenario, runbookService, type RunbookDocument } from "../model/runbook";
import { within } from "../model/section-content";
import { problem, type Check, type Problem } from "./check";

/** Where one service leans on another, its runbooks look there and lead there. */
export const dependencyIsWalked: Check = {
  id: "dependency-is-walked",
  description: "Scenarios of a service hold the step of its dependency on another service, and link to that service's runbooks.",
  severity: "error",
  run: (model) => model.dependencies.flatMap((dependency) => unwalked(dependency, model)),
};

function unwalked({ service, upstream, step }: Dependency, model: Model): readonly Problem[] {
  if (step === undefined || !isService(upstream)) return [];
  const own = model.runbooks.filter((document) => runbookService(document.path) === service.id);
  return own.flatMap((document) =>
    document.headings.filter(isScenario).flatMap((scenario) => {
      const subject = { file: `runbooks/${document.path}`, line: scenario.line, accepts: scenario.accepts };
      const missing = [
        ...(within(scenario, document.steps).some(({ text }) => text === step) ? [] : [`the step "${step}"`]),
        ...(linksTo(document, scenario, upstream.id) ? [] : [`a link to a runbook of ${upstream.id}`]),
      ];
      return missing.length === 0
        ? []
        : [problem(subject, `${service.id} leans on ${upstream.id}, but "${scenario.title}" lacks ${missing.join(" and ")}.`)];
    }),
  );
}

function linksTo(
  document: RunbookDocument,
  scenario: { readonly line: number; readonly lastLine: number },
  service: string,
): boolean {
  return document.links.some(
    ({ text, line }) => line >= scenario.line && line <= scenario.lastLine && text.startsWith(`../${service}/`),
  );
}
