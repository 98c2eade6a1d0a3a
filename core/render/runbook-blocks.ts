import { indexOf, type Model } from "../model/model";
import { once } from "../model/once";
import type { Panel } from "../model/panel";
import { withWindow } from "../model/query";
import { isMarked, sourceOf, type BlockAttribute, type Fence, type RunbookDocument } from "../model/runbook";
import { alertBlocksOf, rewriteAlertBlock } from "./alert-blocks";
import { renderRolloutBlocks } from "./rollout-blocks";
import { upstreamEdits, type LineEdit } from "./upstream-steps";

/** The sources that a fenced block can name by an attribute, and what each of them must be filled with. */
type BlockSources = Readonly<Record<BlockAttribute, ReadonlyMap<string, string>>>;

/**
 * What the marked blocks hold, by attribute and name: for `promql panel=mc-overview/mailbox-depth`, the panel's
 * queries, each under its id when there are several, or the one that `query=` names; for `sql gate=mc/after/registered`,
 * the gate's query; for `bash run=mc/after`, the command that asks the gates of the phase.
 */
export const blockSources = once((model: Model): BlockSources => {
  const { gates, drains, commands } = renderRolloutBlocks(model);
  const panel = new Map([...indexOf(model).panels].flatMap(([name, shown]) => panelQueries(name, shown)));
  return { panel, gate: gates, drain: drains, run: commands };
});

/** What a marked block must hold, or undefined for a source that does not exist. */
export function renderBlock(model: Model, fence: Fence): string | undefined {
  const source = sourceOf(fence);
  return source && blockSources(model)[source.attribute].get(source.name);
}

/** The runbook with every marked block written anew, and the steps to its upstreams that it lacks; blocks of unknown sources stay as they are. */
export function rewriteBlocks(model: Model, document: RunbookDocument): string {
  const lines = document.text.split("\n");
  const edits = [...fenceEdits(model, document, lines), ...alertEdits(model, document), ...stepsTo(model, document)];
  for (const { start, count, text } of edits.toSorted((one, other) => other.start - one.start))
    lines.splice(start, count, ...text);
  return lines.join("\n");
}

function fenceEdits(model: Model, { fences }: RunbookDocument, lines: readonly string[]): readonly LineEdit[] {
  return fences.filter(isMarked).flatMap((fence) => {
    const block = renderBlock(model, fence);
    if (block === undefined) return [];
    const indent = indentOf(lines[fence.line - 1] ?? "");
    const text = block.split("\n").map((line) => (indent + line).trimEnd());
    return [{ start: fence.line, count: fence.lastLine - fence.line - 1, text }];
  });
}

function alertEdits(model: Model, document: RunbookDocument): readonly LineEdit[] {
  return alertBlocksOf(document).map((block) => ({
    start: block.line - 1,
    count: block.lastLine - block.line + 1,
    text: rewriteAlertBlock(model, document, block),
  }));
}

function stepsTo(model: Model, document: RunbookDocument): readonly LineEdit[] {
  return upstreamEdits(model, document, (panel) => blockSources(model).panel.get(panel));
}

/** What stands before a fence, as its next lines need it: spaces below a list's bullet, and the mark of a quotation. */
function indentOf(opening: string): string {
  return (/^[^`~]*/.exec(opening)?.[0] ?? "").replace(/[^\s>]/g, " ");
}

/** All queries of the panel, each under its id when there are several; and each of several by itself. */
function panelQueries(name: string, panel: Panel): readonly (readonly [name: string, text: string])[] {
  const queries = Object.entries(panel.queries).map(([id, { query }]) => [id, withWindow(query, "5m").expr] as const);
  if (queries.length === 1) return queries.map(([, expr]) => [name, expr]);
  const all = queries.map(([id, expr]) => `# ${id}\n${expr}`).join("\n\n");
  return [[name, all], ...queries.map(([id, expr]) => [`${name} query=${id}`, expr] as const)];
}
