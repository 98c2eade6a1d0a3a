import { loadStackFile } from "./core/load/stack-file";
import { locateFindings } from "./core/load/source-lines";
import { renderFindings } from "./core/render/findings";
import type { Content } from "./core/site/content";
import { standardSituations } from "./core/simulate/standard";
import { incidents } from "./incidents";
import { UserError } from "./machine/system/user-error";
import { loadProject, prepareDeployment } from "./project";

/**
 * What the site of a stack shows, but for the plots.
 * @throws UserError with the findings that stand against deploying the stack: there is nothing to show.
 */
export function siteContent(projectRoot: string, stack: string): Omit<Content, "plots"> {
  const loaded = loadStackFile(projectRoot, stack);
  const prepared = "findings" in loaded ? loaded : prepareDeployment(loadProject(projectRoot), stack, loaded.value);
  if ("findings" in prepared)
    throw new UserError(
      `The stack ${stack} would not be deployed, so there is nothing to show.\n\n${renderFindings(locateFindings(projectRoot, prepared.findings))}`,
    );
  const { model, settings, warnings } = prepared.value;
  const standard = model.services.flatMap((service) => standardSituations(service, model.services));
  return {
    stack,
    model,
    links: settings,
    receivers: settings.receivers,
    findings: locateFindings(projectRoot, warnings),
    situations: [...standard, ...incidents],
  };
}
