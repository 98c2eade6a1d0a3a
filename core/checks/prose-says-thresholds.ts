import type { Model } from "../model/model";
import { runbookSubject } from "../model/section-content";
import { alertBlocksOf, renderAlertBlock, stillSaid } from "../render/alert-blocks";
import { problem, type Check } from "./check";

/** Whoever changes a threshold finds the sentences that still say the old one. */
export const proseSaysThresholds: Check = {
  id: "prose-says-thresholds",
  description: "A number in a section's text that was a threshold or a duration of its alerts still is one.",
  severity: "warning",
  run: (model: Model) =>
    model.runbooks.flatMap((document) =>
      alertBlocksOf(document)
        .filter(({ kind }) => kind === "alerts")
        .flatMap((block) => {
          const said = stillSaid(document, block, renderAlertBlock(model, document, block));
          if (said.length === 0) return [];
          return [
            problem(
              runbookSubject(document, block.line),
              `the text of this section still says ${said.join(", ")}, which an alert here had and none has any longer. Say it anew, or leave it to the lines that are written by \`npm run generate\`.`,
            ),
          ];
        }),
    ),
};
