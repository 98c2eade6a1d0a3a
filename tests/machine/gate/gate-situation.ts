import type { Situation } from "./live-series";
import type { TestController } from "./postgres-server";

/** What is known of the system, and what the gates of a phase must make of it. */
export interface GateSituation {
  readonly name: string;
  readonly service: "mc" | "gc";
  readonly phase: "before" | "drain" | "after";
  readonly series?: Situation;
  readonly controllers?: Readonly<Record<string, TestController>>;
  readonly newAssignments?: Readonly<Record<string, number>>;
  /** The gates that are not open; the others must hold. */
  readonly closed: Readonly<Record<string, string>>;
  readonly code: number;
}

/** Two controllers that are well. */
export const both = { "mc-0": {}, "mc-1": {} };
/** mc-0 draining, mc-1 well. */
export const draining = { "mc-0": { status: "draining" }, "mc-1": {} };
/** One of a phase of the MC's rollout. */
export type Told = Omit<GateSituation, "phase" | "service">;
