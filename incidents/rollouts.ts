import { gc } from "../services/gc";
import { of, replace, unreachable } from "../core/simulate/changes";
import { views, type Situation } from "../core/simulate/situation";
import type { World } from "../core/simulate/world";
import { heartbeatsFail, incident, mc0, minute, registered } from "./system";

/** mc-0 is recreated: 45 s without a pod; the new one sends heartbeats that are accepted only some time after its start. */
function recreated(world: World, { registersAfter }: { readonly registersAfter: number }): World {
  const replaced = replace(world, mc0, () => ({ at: 45, oldUntil: 0, readyAfter: registersAfter }));
  return heartbeatsFail(replaced, (each) => each.life.from === 45, { from: 45, until: 45 + registersAfter });
}

/** What is done to the system on purpose. */
export const rollouts: readonly Situation[] = [
  incident({
    id: "rollouts/mc-recreated",
    title: "an MC is recreated: 45 s without a pod, ready 20 s after its start",
    lastsSeconds: 15 * minute,
    world: (world) => recreated(world, { registersAfter: 20 }),
    expect: { type: "nothing" },
  }),
  ...[
    { scrapeSeconds: 15, registersAfter: 60 },
    { scrapeSeconds: 15, registersAfter: 120 },
    { scrapeSeconds: 30, registersAfter: 40 },
    { scrapeSeconds: 60, registersAfter: 10 },
  ].map(({ scrapeSeconds, registersAfter }) =>
    incident({
      id: `rollouts/mc-registers-after-${registersAfter}s`,
      title: `an MC is recreated and registers ${registersAfter} s after its start`,
      views: views(scrapeSeconds),
      lastsSeconds: 15 * minute,
      world: (world) => recreated(world, { registersAfter }),
      expect: { type: "nothing" },
    }),
  ),
  incident({
    id: "rollouts/mc-drained",
    title: "an MC is marked draining",
    lastsSeconds: 15 * minute,
    world: (world) => registered(world, 0, { healthy: 1, draining: 1 }),
    expect: { type: "nothing" },
  }),
  incident({
    id: "rollouts/gc-rolling-update",
    title: "the GCs are replaced one after the other",
    lastsSeconds: 15 * minute,
    world: (world) => replace(world, of(gc), (place) => ({ at: place * 60, oldUntil: place * 60 + 40, readyAfter: 15 })),
    expect: { type: "nothing" },
  }),
  incident({
    id: "rollouts/two-failed-scrapes",
    title: "two scrapes of an MC in a row fail",
    views: views(30),
    lastsSeconds: 12 * minute,
    world: (world) => unreachable(world, mc0, { from: 0, until: 60 }),
    expect: { type: "nothing" },
  }),
];
