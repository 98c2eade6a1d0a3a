import type { Rollout, RolloutPhase } from "../../core/model/rollout";

/** How an answer is told: in words, or as one JSON document with the words beside it. */
export const gateFormats = ["text", "json"] as const;

/** One of {@link gateFormats}. */
export type GateFormat = (typeof gateFormats)[number];

/** The servers that know whether a gate holds. */
export interface Servers {
  /** The URL before `/api/v1/query`. */
  readonly prometheus?: string;
  /** `postgres://…` of the GC database. */
  readonly database?: string;
  /** How long one server may take over one question. */
  readonly timeoutSeconds: number;
}

/** How a phase's gates are waited for. */
export interface Waiting {
  readonly intervalSeconds: number;
  readonly deadlineMinutes: number;
}

/** The one change that a person asks for. */
export interface Change {
  readonly type: "mark" | "undo";
  /** The rollout's statement; it must change exactly one row. */
  readonly statement: string;
  /** Whether the person has confirmed on the command line. */
  readonly isConfirmed: boolean;
}

/** What a person wants to know or to do about the rollout of one controller. */
export interface GateRequest {
  readonly service: string;
  readonly rollout: Rollout;
  readonly phase: RolloutPhase;
  readonly controller: string;
  readonly servers: Servers;
  readonly waiting?: Waiting;
  readonly change?: Change;
  /** A Unix time: pods that were created before it are old ones. */
  readonly since?: number;
  /** For a person, or for a pipeline. */
  readonly format: GateFormat;
}
