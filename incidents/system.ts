import { rate, type Usual } from "../core/model/good-day";
import { services } from "../services";
import { gc } from "../services/gc";
import { metrics as gcMetrics } from "../services/gc/metrics";
import { mc } from "../services/mc";
import { metrics as mcMetrics } from "../services/mc/metrics";
import { becomes, of, type Which } from "../core/simulate/changes";
import { views, type Situation } from "../core/simulate/situation";
import { goodDay, type World } from "../core/simulate/world";

export const minute = 60;

/** An incident as it is written: what is left out is usual. */
export interface Incident
  extends Omit<Situation, "historySeconds" | "views" | "world">, Partial<Pick<Situation, "historySeconds" | "views">> {
  readonly world: (world: World, scrapeSeconds: number) => World;
}

/** An incident of the whole system: both services on a good day, and what becomes of it. Seen each 15 s in both conventions. */
export function incident({ historySeconds = 10 * minute, views: seen = views(15), world, ...rest }: Incident): Situation {
  return { ...rest, historySeconds, views: seen, world: ({ scrapeSeconds }) => world(goodDay(services), scrapeSeconds) };
}

/** The instances of mc-0, of mc-1. */
export const mc0 = of(mc, "mc-0");
export const mc1 = of(mc, "mc-1");
export const allMcs = of(mc);
export const allGcs = of(gc);

const heartbeat = (status: "success" | "error", perMinute: number): Usual =>
  rate(mcMetrics.gcHeartbeats, { status, heartbeat_type: "fast" }, { perMinute });

/** From a second on, the GC accepts none of the heartbeats; later it does again. */
export function heartbeatsFail(
  world: World,
  which: Which,
  { from, until = Infinity }: { readonly from: number; readonly until?: number },
): World {
  const slow = (status: "success" | "error", perMinute: number): Usual =>
    rate(mcMetrics.gcHeartbeats, { status, heartbeat_type: "comprehensive" }, { perMinute });
  const failing = becomes(world, which, from, [
    heartbeat("success", 0),
    heartbeat("error", 6),
    slow("success", 0),
    slow("error", 2),
  ]);
  if (until === Infinity) return failing;
  return becomes(failing, which, until, [heartbeat("success", 6), heartbeat("error", 0), slow("success", 2), slow("error", 0)]);
}

/** The MCs that the GCs have registered, by their status. */
export function registered(
  world: World,
  at: number,
  counts: Readonly<Partial<Record<"healthy" | "unhealthy" | "draining", number>>>,
): World {
  const levels = Object.entries(counts).map(([status, value]): Usual => ({
    type: "level",
    metric: gcMetrics.registeredControllers,
    labels: { controller_type: "meeting", status },
    value,
  }));
  return becomes(world, allGcs, at, levels);
}
