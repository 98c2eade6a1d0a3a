import type { Model } from "../model/model";
import { isMarked, runbookService, sourceOf, type Fence } from "../model/runbook";
import { runbookSubject } from "../model/section-content";
import { didYouMean } from "../model/suggestion";
import { blockSources, renderBlock } from "../render/runbook-blocks";
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
        if (expected === undefined) return [problem(subject, unknownSource(model, fence, runbookService(document.path)))];
        if (fence.code === expected) return [];
        return [problem(subject, `the block "${fence.info}" differs from its source. Run \`npm run generate\`.`)];
      }),
    ),
};

function unknownSource(model: Model, fence: Fence, service: string): string {
  const { attribute, name } = sourceOf(fence) ?? { attribute: "panel", name: "" };
  const known = [...blockSources(model)[attribute].keys()];
  const owner = attribute === "panel" ? "dashboard" : "rollout";
  const own = known.filter((source) => source.startsWith(service));
  return `the block names the ${attribute} "${name}", which no ${owner} has.${didYouMean(name, own)}`;
}
