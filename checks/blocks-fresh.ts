import { indexOf } from "../model/model";
import { runbookSubject } from "../model/section-content";
import { didYouMean } from "../model/suggestion";
import { isMarked, renderBlock } from "../render/runbook-blocks";
import { problem, type Check } from "./check";

/** The marked code blocks of the runbooks are those of their sources. */
export const blocksFresh: Check = {
  id: "blocks-fresh",
  description: "A fenced block that names a source, such as `promql panel=…`, holds what that source says now.",
  severity: "error",
  run: (model) =>
    model.runbooks.flatMap((document) =>
      document.fences.filter(isMarked).flatMap((fence) => {
        const subject = runbookSubject(document, fence.line);
        const expected = renderBlock(model, fence);
        if (expected === undefined) {
          const name = fence.attributes["panel"] ?? "";
          return [
            problem(
              subject,
              `the block names the panel "${name}", which no dashboard has.${didYouMean(name, indexOf(model).panels.keys())}`,
            ),
          ];
        }
        if (fence.code === expected) return [];
        return [problem(subject, `the block "${fence.info}" differs from its source. Run \`npm run generate\`.`)];
      }),
    ),
};
