import type { GateResult } from "./evaluate";
import type { Progress } from "./progress";
import type { Waiting } from "./request";
import type { Clock } from "../terminal/terminal";

/** How the waiting ended, and what the gates were then. */
export interface WatchEnd {
  readonly reason: "all hold" | "deadline" | "interrupted";
  readonly results: readonly GateResult[];
}

/** Asks again and again until all gates hold, the deadline passes, or a person interrupts. The deadline is looked at once more. */
export async function watch(
  look: () => Promise<readonly GateResult[]>,
  { intervalSeconds, deadlineMinutes }: Waiting,
  { clock, progress, signal }: { readonly clock: Clock; readonly progress: Progress; readonly signal: AbortSignal },
): Promise<WatchEnd> {
  const started = clock.now();
  const deadline = started + deadlineMinutes * 60_000;
  let results: readonly GateResult[] = [];
  for (;;) {
    const seen = await look();
    if (signal.aborted) return { reason: "interrupted", results };
    results = seen;
    const now = clock.now();
    progress.show(results, now, describeWaiting(results, now - started, deadlineMinutes));
    if (results.every(({ verdict }) => verdict === "holds")) return { reason: "all hold", results };
    if (now >= deadline) return { reason: "deadline", results };
    await clock.wait(Math.min(intervalSeconds * 1000, deadline - now), signal);
  }
}

function describeWaiting(results: readonly GateResult[], passed: number, deadlineMinutes: number): string {
  const open = results.filter(({ verdict }) => verdict === "holds").length;
  return `${open} of ${results.length} gates hold, ${Math.floor(passed / 60_000)} of ${deadlineMinutes} min. Ctrl-C ends.`;
}
