import type { Change, GateRequest } from "./request";
import { change as changeRow, lookAt, type Outcome, type Target } from "./change";
import { describeRow, type ControllerRow } from "./controller-row";
import { describeDatabaseFailure } from "./database";
import { evaluate, exitCodeOf, type GateResult } from "./evaluate";
import type { GateAnswer } from "./gate-answer";
import { writeReport } from "./report";
import type { Terminal } from "../terminal/terminal";

const words = {
  mark: { intent: "mark it draining", done: "marked draining" },
  undo: { intent: "put it back into service", done: "put back into service" },
} as const;

/** Marks a controller draining or takes that back: shows the row, asks, and commits only a change of that row alone. */
export async function runChange(request: GateRequest, change: Change, terminal: Terminal, database: string): Promise<GateAnswer> {
  const results = change.type === "mark" ? await evaluate(request, "before", terminal.signal) : [];
  const code = await makeChange(request, { change, results, database }, terminal);
  return {
    code,
    phase: change.type === "mark" ? "before" : request.phase,
    results,
    change: { type: change.type, isCommitted: code === 0 },
  };
}

async function makeChange(
  request: GateRequest,
  { change, results, database }: { change: Change; results: readonly GateResult[]; database: string },
  terminal: Terminal,
): Promise<number> {
  const { controller, servers } = request;
  const refuse = (reason: string, code: number): number => {
    terminal.write(`${reason}\n${controller} was not ${words[change.type].done}.\n`);
    return terminal.signal.aborted ? 130 : code;
  };
  if (change.type === "mark") {
    writeReport(request, "before", results, terminal);
    const code = exitCodeOf(results);
    if (code !== 0) return refuse("A controller is drained only when all gates of before hold.", code);
  }
  const target = { database, controller, deadline: { timeoutSeconds: servers.timeoutSeconds, signal: terminal.signal } };
  const found = await look(target);
  if (typeof found === "string") return refuse(found, 2);
  if (!found.row) return refuse(`The database has no controller "${controller}".`, 1);
  terminal.write(`\n${describeRow(found.row)}. The statement:\n\n${showStatement(change.statement, controller)}\n\n`);
  if (!change.isConfirmed) {
    const typed = await terminal.ask(`Type ${controller} to ${words[change.type].intent}: `);
    if (typed?.trim() !== controller) return refuse("\nNot confirmed.", 1);
  }
  return report(await changeRow(change.statement, target), change, { terminal, refuse });
}

async function look(target: Target): Promise<{ readonly row: ControllerRow | undefined } | string> {
  try {
    return { row: await lookAt(target) };
  } catch (error) {
    return `The row could not be read. ${describeDatabaseFailure(error, target.database)}.`;
  }
}

function report(
  outcome: Outcome,
  change: Change,
  { terminal, refuse }: { readonly terminal: Terminal; readonly refuse: (reason: string, code: number) => number },
): number {
  if (outcome.type === "rolled back") return refuse(`Rolled back: ${outcome.reason}.`, 1);
  if (outcome.type === "failed") {
    terminal.write(`${outcome.reason}.\n`);
    return terminal.signal.aborted ? 130 : 2;
  }
  terminal.write(`Committed, ${words[change.type].done}: ${describeRow(outcome.row)}.\n`);
  return 0;
}

function showStatement(statement: string, controller: string): string {
  return statement
    .replaceAll(":controller_id", () => `'${controller}'`)
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
