import type { GateSituation } from "./gate-situation";
import { pods } from "./live-series";

const { gcA, gcB } = pods;
const no = "does not hold";
const third = { name: "gc-service-6c8d7f9b5-q7w2e", address: "10.0.3.3", age: 60 };
const both = { "mc-0": {}, "mc-1": {} };

type Told = Omit<GateSituation, "phase" | "service">;

const before: readonly Told[] = [
  { name: "before passes when both replicas, both MCs and the database are well", closed: {}, code: 0 },
  {
    name: "before refuses a replica that is not ready",
    series: { gc: [gcA, { ...gcB, isReady: false }] },
    closed: { "replicas-ready": no },
    code: 1,
  },
  {
    name: "before refuses an MC that was not heard of for 30 s",
    controllers: { "mc-0": {}, "mc-1": { heartbeat: "stale" } },
    closed: { "mcs-registered": no },
    code: 1,
  },
  {
    name: "before refuses while an MC is rolled out",
    controllers: { "mc-0": { status: "draining" }, "mc-1": {} },
    closed: { "mcs-registered": no, "no-mc-drains": no },
    code: 1,
  },
  {
    name: "before refuses a replica near its CPU limit",
    series: { gc: [gcA, { ...gcB, cpu: 0.85 }] },
    closed: { "cpu-to-spare": no },
    code: 1,
  },
];

const after: readonly Told[] = [
  { name: "after passes when both replicas are ready and both MCs are back", closed: {}, code: 0 },
  {
    name: "after refuses a new replica that is not ready beside two old ones that are",
    series: { gc: [gcA, gcB, { ...third, isReady: false }] },
    closed: { ready: no },
    code: 1,
  },
  {
    name: "after passes beside the object of an evicted replica",
    series: { gc: [gcA, gcB, { ...third, phase: "Failed" }] },
    closed: {},
    code: 0,
  },
  {
    name: "after refuses one replica of two",
    series: { gc: [gcA] },
    closed: { ready: no },
    code: 1,
  },
  {
    name: "after refuses while an MC is not back",
    controllers: { ...both, "mc-1": { heartbeat: "stale" } },
    closed: { "mcs-registered": no },
    code: 1,
  },
];

/** Each way in which a gate of the GC can be closed, and the passing case of each phase. */
export const gcGateSituations: readonly GateSituation[] = [
  ...before.map((situation): GateSituation => ({ ...situation, service: "gc", phase: "before" })),
  ...after.map((situation): GateSituation => ({ ...situation, service: "gc", phase: "after" })),
];
