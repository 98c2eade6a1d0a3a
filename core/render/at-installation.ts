import { withoutRecheck, type CheckedModel } from "../model/checked-model";
import { installed } from "../model/installed";
import { seriesLabelsOf, type Installation } from "../model/installation";
import type { Model } from "../model/model";
import { queriesOfFence } from "../model/queries";
import { sourceOf, type Fence, type RunbookDocument } from "../model/runbook";
import { renderBlock } from "./runbook-blocks";

/**
 * A checked model as one of several installations in one Prometheus: its workloads are in the installation's namespace, and
 * every selector of rules, panels, gates and runbook blocks asks for its labels. The same model where it has none.
 */
export function atInstallation(model: CheckedModel, installation: Installation): CheckedModel {
  if (Object.keys(seriesLabelsOf(installation)).length === 0) return model;
  const { services, dependencies, pinned } = installed(model, installation);
  const moved = withoutRecheck(model, { services, dependencies, installation });
  return withoutRecheck(moved, { runbooks: moved.runbooks.map((document) => rewriteBlocks(moved, document, pinned)) });
}

type Pinned = (expr: string) => string;

/** Every block keeps its lines, so that what is known of the document's places stays true. */
function rewriteBlocks(model: Model, document: RunbookDocument, pinned: Pinned): RunbookDocument {
  const lines = document.text.split("\n");
  const fences = document.fences.map((fence) => {
    const code = codeOf(model, fence, pinned);
    const former = fence.code.split("\n");
    code.split("\n").forEach((line, number) => {
      const place = fence.line + number;
      lines[place] = (lines[place] ?? "").replace(former[number] ?? "", () => line);
    });
    return { ...fence, code };
  });
  return { ...document, text: lines.join("\n"), fences };
}

/** What a block holds here. A query gets longer and never more lines, and a command is one. */
function codeOf(model: Model, fence: Fence, pinned: Pinned): string {
  if (fence.language === "promql") return pinnedCode(fence, pinned);
  return sourceOf(fence)?.attribute === "run" ? (renderBlock(model, fence) ?? fence.code) : fence.code;
}

function pinnedCode(fence: Fence, pinned: Pinned): string {
  let [done, rest] = ["", fence.code];
  for (const expr of queriesOfFence(fence)) {
    const at = rest.indexOf(expr);
    if (at < 0) continue; // what stands on both sides of a comment is one query, and is not one text
    done += rest.slice(0, at) + pinned(expr);
    rest = rest.slice(at + expr.length);
  }
  return done + rest;
}
