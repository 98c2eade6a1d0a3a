import { groupBy } from "../../core/model/group-by";
import type { Change } from "../../core/model/change";

const mostLines = 40;
const longest = 100;

/** What changes by meaning, a line each: what a person wants to know before saying yes at a terminal. */
export function describeMeaning(changes: readonly Change[]): readonly string[] {
  const lines = [...groupBy(changes, (change) => `${change.kind} ${change.name}`).values()].map(
    (of) => `  ${of[0]?.kind ?? ""} ${of[0]?.name ?? ""}: ${of.map(describe).join("; ")}`,
  );
  if (lines.length === 0) return ["  no alert, panel or runbook section"];
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), `  … and ${lines.length - mostLines + 1} more`];
}

function describe({ action, what, before, after, note }: Change): string {
  const remark = note === undefined ? "" : ` (${note})`;
  if (action === "renamed") return `renamed from ${before ?? ""}${remark}`;
  if (action !== "changed") return `${action}${remark}`;
  if (before === undefined || after === undefined || isLong(before) || isLong(after)) return `${what ?? ""} changed${remark}`;
  return `${what ?? ""} ${before} → ${after}${remark}`;
}

function isLong(text: string): boolean {
  return text.length > longest || text.includes("\n");
}
