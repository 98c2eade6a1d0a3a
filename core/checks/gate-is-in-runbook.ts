import { gatesOf, phasesOf, type Rollout, type RolloutPhase } from "../model/rollout";
import { runbookService, sourceOf, type BlockAttribute, type RunbookDocument } from "../model/runbook";
import { within } from "../model/section-content";
import { subjectIn, type Service } from "../model/service";
import { problem, type Check, type Problem } from "./check";

/** Whoever rolls out by the runbook passes every gate that the command asks, and can take a controller out and back. */
export const gateIsInRunbook: Check = {
  id: "gate-is-in-runbook",
  description:
    "Every gate and statement of a rollout stands in a runbook of the service, below the command that is the safe way to the same.",
  severity: "error",
  run: (model) =>
    model.services.flatMap((service) => {
      const { rollout } = service;
      if (!rollout) return [];
      const documents = model.runbooks.filter(({ path }) => runbookService(path) === service.id);
      return stepsOf(service.id, rollout).flatMap((step) => missingIn(documents, step, service));
    }),
};

/** A block as a runbook writes it: its language, its attribute and its name. */
type Block = readonly [language: string, attribute: BlockAttribute, name: string];

/** A command, and the blocks that are another way to what it does. */
interface Step {
  readonly command: Block;
  readonly below: readonly Block[];
}

function stepsOf(id: string, rollout: Rollout): readonly Step[] {
  const run = (name: string): Block => ["bash", "run", `${id}/${name}`];
  const gates = (phase: RolloutPhase): readonly Block[] =>
    gatesOf(rollout, phase).map((gate): Block => [gate.type, "gate", `${id}/${phase}/${gate.id}`]);
  return [
    ...phasesOf(rollout).map((phase): Step => ({
      command: run(phase),
      below: [...(phase === "drain" ? [["sql", "drain", `${id}/mark`] as const] : []), ...gates(phase)],
    })),
    ...(rollout.drain ? [{ command: run("undo"), below: [["sql", "drain", `${id}/undo`] as const] }] : []),
  ];
}

function missingIn(documents: readonly RunbookDocument[], { command, below }: Step, service: Service): readonly Problem[] {
  const report = (block: Block, message: string): Problem => problem(subjectIn(service, "rollout", { name: block[2] }), message);
  const absent = [command, ...below].filter((block) => documents.every((document) => linesOf(document, block).length === 0));
  const nowhere = absent.map((block) =>
    report(block, `stands in no runbook of ${service.id}. Add a block ${written(block)} and run \`npm run generate\`.`),
  );
  if (absent.includes(command)) return nowhere;
  const elsewhere = below
    .filter((block) => !absent.includes(block) && !documents.some((document) => follows(document, command, block)))
    .map((block) =>
      report(block, `does not stand below ${written(command)} in the same section, where the safe command comes first.`),
    );
  return [...nowhere, ...elsewhere];
}

/** Whether a block comes after the command, within the command's section of the second level. */
function follows(document: RunbookDocument, command: Block, block: Block): boolean {
  return linesOf(document, command).some((first) => {
    const section = document.headings.find(({ level, line, lastLine }) => level === 2 && first >= line && first <= lastLine);
    if (!section) return false;
    const lines = linesOf(document, block).map((line) => ({ line }));
    return within(section, lines).some(({ line }) => line > first);
  });
}

function linesOf({ fences }: RunbookDocument, [, attribute, name]: Block): readonly number[] {
  return fences
    .filter((fence) => {
      const source = sourceOf(fence);
      return source?.attribute === attribute && source.name === name;
    })
    .map(({ line }) => line);
}

function written([language, attribute, name]: Block): string {
  return `\`\`\`${language} ${attribute}=${name}`;
}
