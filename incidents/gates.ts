import { mc } from "../services/mc";
import { rollout } from "../services/mc/rollout";
import { replace } from "../core/simulate/changes";
import type { GateQuestion } from "../core/simulate/gate-question";
import { views, type Situation } from "../core/simulate/situation";
import { heartbeatsFail, incident, mc0, mc1, minute, registered } from "./system";

const ofMc0 = { rollout, controller: "mc-0", atSecond: 8 * minute } as const;
const anything = { type: "anything" } as const;
const phases = ["before", "drain", "after"] as const;

/** What the gates of a rollout say. */
export const gates: readonly Situation[] = [
  incident({
    id: "gates/can-tell",
    title: "all is well: every gate has data, at every interval",
    lastsSeconds: 10 * minute,
    views: views(15, 30, 60),
    world: (world) => world,
    expect: { type: "nothing" },
    gates: phases.map((phase): GateQuestion => ({ ...ofMc0, phase, answer: "can tell" })),
  }),
  incident({
    id: "gates/the-other-sends-no-heartbeats",
    title: "mc-0 is to be rolled out while the GC accepts no heartbeats of mc-1",
    lastsSeconds: 10 * minute,
    world: (world) => heartbeatsFail(world, mc1, { from: 0 }),
    expect: anything,
    gates: [{ ...ofMc0, phase: "before", answer: "does not hold" }],
  }),
  incident({
    id: "gates/the-other-is-draining",
    title: "mc-0 is to be rolled out while mc-1 is the one that drains",
    lastsSeconds: 10 * minute,
    world: (world) => registered(world, 0, { healthy: 1, draining: 1 }),
    expect: anything,
    gates: [{ ...ofMc0, phase: "drain", gate: "marked", answer: "left to the database" }],
  }),
  incident({
    id: "gates/evicted-pod-lies-about",
    title: "an evicted pod object of mc-0 lies beside the new, ready pod",
    lastsSeconds: 10 * minute,
    world: (world) => ({
      ...replace(world, mc0, () => ({ at: 0, oldUntil: -45, readyAfter: 20 })),
      evicted: [{ namespace: mc.workload?.namespace ?? "", pod: "mc-0-7d9f8b6c5-evict", life: { from: -3600, until: Infinity } }],
    }),
    expect: { type: "nothing" },
    gates: [{ ...ofMc0, phase: "after", answer: "holds" }],
  }),
];
