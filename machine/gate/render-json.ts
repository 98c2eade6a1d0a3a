import type { GateAnswer } from "./gate-answer";
import type { GateRequest } from "./request";

/** The answer as the document of `--format json`: what was asked, the exit code, and each gate with its verdict. */
export function renderJson({ service, controller }: GateRequest, { code, phase, results, change }: GateAnswer): string {
  const gates = results.map(({ name, gate: { title, holds, reason }, answer, verdict }) => ({
    name,
    title,
    verdict,
    ...answer,
    mustBe: holds,
    reason,
  }));
  return JSON.stringify({ service, phase, controller, exitCode: code, ...(change && { change }), gates }, null, 2);
}
