import type { Situation } from "./live-series";
import type { TestController } from "./postgres-server";

/** What is known of the system, and what the gates of a phase must make of it. */
export interface GateSituation {
  readonly name: string;
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
const few = { meetings: { "mc-0": 9 } };
const no = "does not hold";

/** Each way in which a gate can be closed, and the passing case of each phase. */
export const gateSituations: readonly GateSituation[] = [
  { name: "before passes when the GC and another MC are well", phase: "before", closed: {}, code: 0 },
  {
    name: "before refuses one MC only",
    phase: "before",
    series: { scraped: ["mc-0"] },
    controllers: { "mc-0": {} },
    closed: { "others-registered": no, "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC whose heartbeat is stale",
    phase: "before",
    series: { beating: ["mc-0"] },
    controllers: { "mc-0": {}, "mc-1": { heartbeat: "stale" } },
    closed: { "others-registered": no, "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC that is full",
    phase: "before",
    controllers: { "mc-0": {}, "mc-1": { meetings: 100 } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC of a different region",
    phase: "before",
    controllers: { "mc-0": {}, "mc-1": { region: "us" } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC that is draining itself",
    phase: "before",
    controllers: { "mc-0": {}, "mc-1": { status: "draining" } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses a GC without a ready pod",
    phase: "before",
    series: { readyGcPods: 0 },
    closed: { "gc-ready": no },
    code: 1,
  },
  { name: "drain passes with 9 meetings", phase: "drain", series: few, controllers: draining, closed: {}, code: 0 },
  {
    name: "drain refuses 10 meetings",
    phase: "drain",
    series: { meetings: { "mc-0": 10 } },
    controllers: draining,
    closed: { "nearly-empty": no },
    code: 1,
  },
  {
    name: "drain refuses a draining controller that still gets assignments",
    phase: "drain",
    series: few,
    controllers: draining,
    newAssignments: { "mc-0": 1, "mc-1": 5 },
    closed: { "no-new-assignments": no },
    code: 1,
  },
  {
    name: "drain passes while the other MC gets the assignments",
    phase: "drain",
    series: few,
    controllers: draining,
    newAssignments: { "mc-1": 5 },
    closed: {},
    code: 0,
  },
  {
    name: "drain refuses a controller whose mark is gone",
    phase: "drain",
    series: few,
    controllers: both,
    closed: { marked: no },
    code: 1,
  },
  {
    name: "drain cannot tell without the controller's meetings, and counts no other's",
    phase: "drain",
    series: { scraped: ["mc-1"] },
    controllers: draining,
    closed: { "nearly-empty": "cannot tell" },
    code: 2,
  },
  { name: "after passes when the MC is back", phase: "after", closed: {}, code: 0 },
  {
    name: "after refuses a stale heartbeat",
    phase: "after",
    series: { beating: ["mc-1"] },
    controllers: { "mc-0": { heartbeat: "stale" }, "mc-1": {} },
    closed: { heartbeats: no, registered: no },
    code: 1,
  },
  { name: "after refuses a pod that is not ready", phase: "after", series: { isReady: false }, closed: { ready: no }, code: 1 },
  {
    name: "after refuses a controller that is still draining",
    phase: "after",
    controllers: draining,
    closed: { registered: no },
    code: 1,
  },
];
