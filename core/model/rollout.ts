import type { Accepts } from "./finding";
import type { Panel } from "./panel";
import type { Query } from "./query";

/** What a gate's number must be. */
export type Limit = { readonly atLeast: number } | { readonly below: number };

interface GateText {
  /** Lower-case with dashes; part of the gate's name `<service>/<phase>/<id>`. */
  readonly id: string;
  readonly title: string;
  /** Why the rollout must not go on without it. */
  readonly reason: string;
  readonly holds: Limit;
  readonly accepts?: Accepts;
}

/** A condition on Prometheus. `$controller` in the query stands for the controller that is rolled out, such as `mc-0`. */
export interface PromqlGate extends GateText {
  readonly type: "promql";
  readonly query: Query;
}

/**
 * A condition on the GC database: a query with one number as its result. `:controller_id` in it stands for
 * the controller that is rolled out.
 */
export interface SqlGate extends GateText {
  readonly type: "sql";
  readonly sql: string;
  /** What the dashboard shows in its place, since Grafana does not ask the database. */
  readonly seenAs: SeenAs;
}

/** What Prometheus sees of a gate of the database, under a title of its own: it is not the same. */
export interface SeenAs {
  readonly title: string;
  /** What a reader sees, in whole sentences, and what it does not tell. */
  readonly description: string;
  /** `$controller` as in a {@link PromqlGate}. */
  readonly query: Query;
  /** Left out where the number says nothing about this controller alone: it is then shown as a number. */
  readonly holds?: Limit;
  /** For a number: below it, the gate can certainly not hold. */
  readonly badBelow?: Panel["badBelow"];
}

/** A condition that must hold before a rollout goes on. */
export type Gate = PromqlGate | SqlGate;

/** How a controller is emptied before it is touched. */
export interface Drain {
  /** The statement that takes the controller out of service; it must change exactly one row. */
  readonly mark: string;
  /** The statement that puts it back. */
  readonly undo: string;
  readonly gates: readonly Gate[];
  /** After so many minutes without reaching the gates, a person decides. */
  readonly deadlineMinutes: number;
}

/** The order in which a service is deployed, and what must hold in between. */
export interface Rollout {
  /** The controllers that are rolled out, one at a time; the first is the example in runbooks. */
  readonly controllers: readonly string[];
  readonly before: readonly Gate[];
  /** Absent where nothing has to be emptied: each pod finishes what it has within its grace period. */
  readonly drain?: Drain;
  readonly after: readonly Gate[];
  /** When the oldest pod of the controller was created, as a Unix time: by it, `--since` tells old pods from new ones. */
  readonly replaced: Query;
  /** Graphs beside the gates: the drain with a line at its limit, and what the rollout's alerts watch. */
  readonly panels: readonly Panel[];
}

/** The phases of a rollout, in order. */
export const rolloutPhases = ["before", "drain", "after"] as const;

/** A phase of a rollout. */
export type RolloutPhase = (typeof rolloutPhases)[number];

/** The phases that a rollout has, in order. */
export function phasesOf({ drain }: Rollout): readonly RolloutPhase[] {
  return rolloutPhases.filter((phase) => phase !== "drain" || drain !== undefined);
}

/** The gates of a phase; none where the rollout has no such phase. */
export function gatesOf(rollout: Rollout, phase: RolloutPhase): readonly Gate[] {
  return phase === "drain" ? (rollout.drain?.gates ?? []) : rollout[phase];
}

/** "at least 1", "below 10". */
export function describeLimit(limit: Limit): string {
  return "atLeast" in limit ? `at least ${limit.atLeast}` : `below ${limit.below}`;
}

/** Whether a number satisfies a gate. */
export function isWithin(value: number, limit: Limit): boolean {
  return "atLeast" in limit ? value >= limit.atLeast : value < limit.below;
}

/** A query for one controller. */
export function forController(text: string, controller: string): string {
  return text.replaceAll("$controller", controller);
}
