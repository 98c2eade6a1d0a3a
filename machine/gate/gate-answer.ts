import type { RolloutPhase } from "../../core/model/rollout";
import type { GateResult } from "./evaluate";

/** What the command has found out and done. */
export interface GateAnswer {
  /** The exit code that usage.ts describes. */
  readonly code: number;
  /** Whose gates were asked last; none when a change was made without asking any. */
  readonly phase: RolloutPhase;
  readonly results: readonly GateResult[];
  readonly change?: { readonly type: "mark" | "undo"; readonly isCommitted: boolean };
}
