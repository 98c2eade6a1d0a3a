import { availableParallelism } from "node:os";
import { incidents } from "../../incidents";
import { allPlays } from "../../core/simulate/all-plays";
import { playAll } from "../../core/simulate/run";
import type { Model } from "../../core/model/model";
import { providePromtool } from "../../machine/tools/engine";

/** What the whole simulation takes, and the standard situations of one service and of two. */
export async function benchSimulation(model: Model, projectRoot: string, print: (line: string) => void): Promise<void> {
  const promtool = await providePromtool({ projectRoot, note: print });
  const processes = availableParallelism();
  const time = async (plays: ReturnType<typeof allPlays>): Promise<number> => {
    const started = performance.now();
    await playAll(model, plays, { promtool, processes, onPlayed: () => undefined });
    return (performance.now() - started) / 1000;
  };
  const all = allPlays(model.services, incidents);
  print(`${all.length} situations: ${(await time(all)).toFixed(1)} s on ${processes} processors`);
  const watched = model.services.filter(({ goodDay }) => goodDay !== undefined).map(({ id }) => id);
  let first: number | undefined;
  for (let count = 1; count <= watched.length; count += 1) {
    const chosen = watched.slice(0, count);
    const plays = allPlays(model.services, []).filter(({ situation }) => chosen.some((id) => situation.id.startsWith(`${id}/`)));
    const taken = (await time(plays)) / count;
    first ??= taken;
    print(
      `standard situations of ${count} services: ${taken.toFixed(1)} s a service, ${(taken / first).toFixed(2)} times that of one`,
    );
  }
}
