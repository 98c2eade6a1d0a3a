import { requireAnswer } from "../terminal/confirm";
import { systemClock, type Clock, type Terminal } from "../terminal/terminal";
import { evaluate, exitCodeOf } from "./evaluate";
import type { GateAnswer } from "./gate-answer";
import { progressOn } from "./progress";
import { renderJson } from "./render-json";
import { writeConclusion, writeHeading, writeReport } from "./report";
import type { GateRequest, Waiting } from "./request";
import { runChange } from "./run-change";
import { watch } from "./watch";

// Three heartbeats: by then one that sets the mark back has come, and the assignments from before it are too old to count.
const settlingSeconds = 30;

/** Answers a request on a terminal, with the exit code that usage.ts tells. */
export async function runGate(request: GateRequest, terminal: Terminal, clock: Clock = systemClock): Promise<number> {
  const answer = await answerRequest(request, terminal, clock);
  if (request.format === "json") terminal.print(renderJson(request, answer));
  return answer.code;
}

async function answerRequest(request: GateRequest, terminal: Terminal, clock: Clock): Promise<GateAnswer> {
  const { change, waiting, servers, phase } = request;
  if (change) {
    if (servers.database === undefined) throw new Error("A change without a database.");
    requireAnswer({ isConfirmed: change.isConfirmed, terminal });
    const changed = await runChange(request, change, terminal, servers.database);
    if (changed.code !== 0 || !waiting) return changed;
    terminal.write(`\nFirst look in ${settlingSeconds} s: no heartbeat may set the mark back.\n`);
    await clock.wait(settlingSeconds * 1000, terminal.signal);
    return { ...changed, ...(await waitFor(request, waiting, { terminal, clock })) };
  }
  if (waiting) return waitFor(request, waiting, { terminal, clock });
  const results = await evaluate(request, phase, terminal.signal);
  if (terminal.signal.aborted) return stop(request, terminal);
  writeReport(request, phase, results, terminal);
  return { code: exitCodeOf(results), phase, results };
}

async function waitFor(
  request: GateRequest,
  waiting: Waiting,
  { terminal, clock }: { readonly terminal: Terminal; readonly clock: Clock },
): Promise<GateAnswer> {
  const { signal } = terminal;
  const { phase } = request;
  writeHeading(request, phase, terminal);
  const look = () => evaluate(request, phase, signal);
  const { reason, results } = await watch(look, waiting, { clock, progress: progressOn(terminal), signal });
  if (reason === "interrupted") return stop(request, terminal);
  if (reason === "deadline") terminal.write(`\nThe deadline, ${waiting.deadlineMinutes} min, has passed. Still open:\n`);
  writeConclusion(results, terminal);
  return { code: exitCodeOf(results), phase, results };
}

function stop({ phase }: GateRequest, { write }: Terminal): GateAnswer {
  write("\nInterrupted: nothing is said about the gates.\n");
  return { code: 130, phase, results: [] };
}
