import { isMarked, runbookService } from "../model/runbook";
import { subjectIn } from "../model/service";
import { renderRolloutBlocks } from "../render/rollout-blocks";
import { problem, type Check } from "./check";

/** Whoever rolls out by the runbook passes every gate that the command asks, and can take a controller out and back. */
export const gateIsInRunbook: Check = {
  id: "gate-is-in-runbook",
  description: "Every gate of a rollout, and its statements of the drain, stand in a runbook of the service.",
  severity: "error",
  run: (model) => {
    const { gates, drains } = renderRolloutBlocks(model);
    return model.services.flatMap((service) => {
      const shown = model.runbooks
        .filter(({ path }) => runbookService(path) === service.id)
        .flatMap(({ fences }) => fences.filter(isMarked));
      const missing = (attribute: "gate" | "drain", blocks: ReadonlyMap<string, string>, language: (text: string) => string) =>
        [...blocks]
          .filter(
            ([name]) => name.startsWith(`${service.id}/`) && shown.every(({ attributes }) => attributes[attribute] !== name),
          )
          .map(([name, text]) =>
            problem(
              subjectIn(service, "rollout", { name }),
              `stands in no runbook of ${service.id}. Add a block \`\`\`${language(text)} ${attribute}=${name} and run \`npm run generate\`.`,
            ),
          );
      return [
        ...missing("gate", gates, (text) => (text.startsWith("--") ? "sql" : "promql")),
        ...missing("drain", drains, () => "sql"),
      ];
    });
  },
};
