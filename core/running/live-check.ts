import { acceptedReason, type Problem } from "../checks/check";
import type { liveIds } from "../checks/live-ids";
import type { AcceptedFinding, Finding, FindingSeverity } from "../model/finding";
import type { Declared } from "./declared";
import type { Running } from "./running";

/** One rule about what runs: a function from what is declared and what servers say to findings. */
export interface LiveCheck {
  /** What must hold, in words; also the name of its file. */
  readonly id: (typeof liveIds)[number];
  readonly description: string;
  readonly severity: FindingSeverity;
  readonly run: (declared: Declared, running: Running) => readonly Problem[];
}

/** What the checks find, and what was accepted beside its subject. */
export function runLiveChecks(
  checks: readonly LiveCheck[],
  declared: Declared,
  running: Running,
): { readonly findings: readonly Finding[]; readonly accepted: readonly AcceptedFinding[] } {
  const all = checks.flatMap(({ id, severity, run }) =>
    run(declared, running).map((problem): Finding => ({ check: id, severity, ...problem })),
  );
  const reasonOf = ({ check, subject }: Finding): string => acceptedReason(subject.accepts, check)?.trim() ?? "";
  return {
    findings: all.filter((finding) => reasonOf(finding) === ""),
    accepted: all.flatMap((finding) => (reasonOf(finding) === "" ? [] : [{ ...finding, reason: reasonOf(finding) }])),
  };
}
