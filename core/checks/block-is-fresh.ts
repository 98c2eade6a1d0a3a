import { distance } from "fastest-levenshtein";
import type { Model } from "../model/model";
import { blockAttributes, isMarked, runbookService, sourceOf, type Fence, type RunbookDocument } from "../model/runbook";
import { runbookSubject } from "../model/section-content";
import { didYouMean } from "../model/suggestion";
import { alertBlocksOf, renderAlertBlock } from "../render/alert-blocks";
import { blockSources, renderBlock } from "../render/runbook-blocks";
import { problem, type Check, type Problem } from "./check";

/** The marked blocks of the runbooks are those of their sources. */
export const blockIsFresh: Check = {
  id: "block-is-fresh",
  description:
    "A block that names a source, such as `promql panel=…` or the alerts of a section, holds what that source says now.",
  severity: "error",
  run: (model) =>
    model.runbooks.flatMap((document) => [
      ...misspeltFences(model, document),
      ...staleFences(model, document),
      ...staleAlertBlocks(model, document),
    ]),
};

function misspeltFences(model: Model, document: RunbookDocument): readonly Problem[] {
  return document.fences
    .filter((fence) => !isMarked(fence))
    .flatMap((fence) => {
      const message = misspelt(model, fence);
      return message === undefined ? [] : [problem(runbookSubject(document, fence.line), message)];
    });
}

function staleFences(model: Model, document: RunbookDocument): readonly Problem[] {
  return document.fences.filter(isMarked).flatMap((fence) => {
    const expected = renderBlock(model, fence);
    if (fence.code === expected) return [];
    const message =
      expected === undefined
        ? unknownSource(model, fence, runbookService(document.path))
        : `the block "${fence.info}" differs from its source. Run \`npm run generate\`.`;
    return [problem(runbookSubject(document, fence.line), message)];
  });
}

function staleAlertBlocks(model: Model, document: RunbookDocument): readonly Problem[] {
  return alertBlocksOf(document)
    .filter((block) => block.text !== renderAlertBlock(model, document, block))
    .map(({ kind, line }) =>
      problem(
        runbookSubject(document, line),
        `the block "${kind}" differs from what the alerts say now. Run \`npm run generate\`.`,
      ),
    );
}

/** A block whose attribute is misspelt looks as if it were kept fresh, and is not. Those of renderers, such as title=, are none. */
function misspelt(model: Model, { info, attributes }: Fence): string | undefined {
  const sources = blockSources(model);
  const known = Object.entries(attributes).flatMap(([key, name]) => {
    const meant = blockAttributes.find((attribute) => distance(key, attribute) === 1 || sources[attribute].has(name));
    return meant === undefined ? [] : [{ key, meant }];
  });
  const [first] = known;
  if (first === undefined) {
    // `panel = x`, `panel:x`, `panel x`
    const words = info.split(/[\s=:,"'{}[\]]+/);
    const meant = blockAttributes.flatMap((attribute) =>
      words.flatMap((name) => (sources[attribute].has(name) ? [`${attribute}=${name}`] : [])),
    )[0];
    return meant && `the block "${info}" is not kept fresh. Write ${meant}, without spaces and quotation marks.`;
  }
  return `the block "${info}" is not kept fresh: nothing reads "${first.key}=". Did you mean "${first.meant}="?`;
}

function unknownSource(model: Model, fence: Fence, service: string): string {
  const { attribute, name } = sourceOf(fence) ?? { attribute: "panel", name: "" };
  const known = [...blockSources(model)[attribute].keys()];
  const owner = attribute === "panel" ? "dashboard" : "rollout";
  const own = known.filter((source) => source.startsWith(service));
  return `the block names the ${attribute} "${name}", which no ${owner} has.${didYouMean(name, own)}`;
}
