import { indexOf, type Model } from "../model/model";
import type { Panel } from "../model/panel";
import { withWindow } from "../model/query";
import type { Fence, RunbookDocument } from "../model/runbook";

/** The attributes by which a fenced block names its source: such a block is written by `npm run generate`. */
export const blockAttributes: readonly string[] = ["panel"];

/**
 * What a marked block must hold: for `promql panel=mc-overview/mailbox-depth`, the panel's queries, each
 * under its legend when there are several. Undefined for a source that does not exist.
 */
export function renderBlock(model: Model, fence: Fence): string | undefined {
  const panelName = fence.attributes["panel"];
  const panel = panelName === undefined ? undefined : indexOf(model).panels.get(panelName);
  return panel && renderPanelQueries(panel);
}

/** Whether the block names a source. */
export function isMarked(fence: Fence): boolean {
  return blockAttributes.some((attribute) => attribute in fence.attributes);
}

/** The runbook with every marked block written anew; blocks of unknown sources stay as they are. */
export function rewriteBlocks(model: Model, document: RunbookDocument): string {
  const lines = document.text.split("\n");
  for (const fence of document.fences.filter(isMarked).reverse()) {
    const block = renderBlock(model, fence);
    if (block === undefined) continue;
    const indent = indentOf(lines[fence.line - 1] ?? "");
    const body = block.split("\n").map((line) => (indent + line).trimEnd());
    lines.splice(fence.line, fence.lastLine - fence.line - 1, ...body);
  }
  return lines.join("\n");
}

/** What stands before a fence, as its next lines need it: spaces below a list's bullet, and the mark of a quotation. */
function indentOf(opening: string): string {
  return (/^[^`~]*/.exec(opening)?.[0] ?? "").replace(/[^\s>]/g, " ");
}

function renderPanelQueries(panel: Panel): string {
  const queries = Object.entries(panel.queries);
  return queries.map(([id, { query }]) => (queries.length === 1 ? "" : `# ${id}\n`) + withWindow(query, "5m").expr).join("\n\n");
}
