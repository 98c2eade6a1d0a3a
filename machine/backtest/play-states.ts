import { prepareStates, readStates, type Evaluations } from "../../core/replay/states";
import { groupBy } from "../../core/model/group-by";
import { runPlays } from "../../core/simulate/promtool-runs";
import type { AlertSpan } from "../../core/simulate/timeline";
import type { Evaluated, Schedule } from "./evaluate";

/** Lets Prometheus' rule engine make alerts of the conditions of each side: what fired when, side by side. */
export async function playStates(
  sides: readonly Evaluated[],
  runner: { readonly promtool: string; readonly folder: string; readonly signal: AbortSignal },
  { from, until }: Schedule,
): Promise<readonly (readonly AlertSpan[])[]> {
  const plays = sides.flatMap(({ conditions }, side) =>
    [...groupBy(conditions, ({ everySeconds }) => everySeconds)].flatMap(([everySeconds, all]) => {
      const held = all.filter(({ results }) => results.some(({ samples }) => samples.length > 0));
      if (held.length === 0) return [];
      const firsts = held.flatMap(({ results }) => results.flatMap(({ samples }) => samples[0]?.[0] ?? []));
      const earliest = Math.min(
        from,
        firsts.reduce((least, second) => Math.min(least, second), Infinity),
      );
      const evaluations: Evaluations = {
        from: Math.floor(earliest / everySeconds) * everySeconds,
        until: Math.floor(until / everySeconds) * everySeconds,
        everySeconds,
      };
      const id = `backtest-${side}-${String(everySeconds).replace(".", "-")}`;
      return [{ side, id, evaluations, play: prepareStates(held, evaluations, id) }];
    }),
  );
  const printed = await Promise.all(plays.map(({ play }) => runPlays(runner, [play])));
  return sides.map((_, side) =>
    plays.flatMap((one, index) => (one.side === side ? readStates(printed[index] ?? new Map(), one.evaluations, one.id) : [])),
  );
}
