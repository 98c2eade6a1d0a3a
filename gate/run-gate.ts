import { requireAnswer } from "../terminal/confirm";
import { systemClock, type Clock, type Terminal } from "../terminal/terminal";
import { evaluate, exitCodeOf } from "./evaluate";
import { progressOn } from "./progress";
import { writeConclusion, writeHeading, writeReport } from "./report";
import type { GateRequest, Waiting } from "./request";
import { runChange } from "./run-change";
import { watch } from "./watch";

// Three heartbeats: by then one that sets the mark back has come, and the assignments from before it are too old to count.
const settlingSeconds = 30;

/** Answers a request on a terminal, with the exit code that usage.ts tells. */
export async function runGate(request: GateRequest, terminal: Terminal, clock: Clock = systemClock): Promise<number> {
  const { change, waiting, servers, phase } = request;
  if (change) {
    if (servers.database === undefined) throw new Error("A change without a database.");
    requireAnswer({ isConfirmed: change.isConfirmed, terminal });
    const code = await runChange(request, change, terminal, servers.database);
    if (code !== 0 || !waiting) return code;
    terminal.write(`\nFirst look in ${settlingSeconds} s: no heartbeat may set the mark back.\n`);
    await clock.wait(settlingSeconds * 1000, terminal.signal);
  }
  if (waiting) return waitFor(request, waiting, { terminal, clock });
  const results = await evaluate(request, phase, terminal.signal);
  if (terminal.signal.aborted) return stop(terminal);
  writeReport(request, phase, results, terminal);
  return exitCodeOf(results);
}

async function waitFor(
  request: GateRequest,
  waiting: Waiting,
  { terminal, clock }: { readonly terminal: Terminal; readonly clock: Clock },
): Promise<number> {
  const { signal } = terminal;
  writeHeading(request, request.phase, terminal);
  const look = () => evaluate(request, request.phase, signal);
  const { reason, results } = await watch(look, waiting, { clock, progress: progressOn(terminal), signal });
  if (reason === "interrupted") return stop(terminal);
  if (reason === "deadline") terminal.write(`\nThe deadline, ${waiting.deadlineMinutes} min, has passed. Still open:\n`);
  writeConclusion(results, terminal);
  return exitCodeOf(results);
}

function stop({ write }: Terminal): number {
  write("\nInterrupted: nothing is said about the gates.\n");
  return 130;
}
