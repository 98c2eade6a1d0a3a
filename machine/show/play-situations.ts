import { availableParallelism } from "node:os";
import type { Model } from "../../core/model/model";
import type { Plots } from "../../core/site/content";
import { plotAll, type Plotted } from "../../core/simulate/plot";
import type { Situation } from "../../core/simulate/situation";
import { providePromtool } from "../tools/engine";
import type { ToolContext } from "../tools/provide-tool";

/** Where promtool is from, and how the playing is ended. */
export interface PlayContext extends ToolContext {
  readonly signal?: AbortSignal;
}

/** Plays each situation in the first of its views. Where promtool cannot be had, or the signal ends it, there are no plots, and this says why. */
export async function playSituations(model: Model, situations: readonly Situation[], context: PlayContext): Promise<Plots> {
  let promtool: string;
  try {
    promtool = await providePromtool(context);
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    context.note(`No plots: promtool, which evaluates them, cannot be had. ${reason}`);
    return {
      type: "none",
      reason: "There are no plots: promtool, which evaluates what they show, could not be had where this was made.",
    };
  }
  const plays = situations.flatMap((situation) => situation.views.slice(0, 1).map((view) => ({ situation, view })));
  const played = new Map<string, Plotted>();
  const { signal } = context;
  const playing = plotAll(model, plays, {
    promtool,
    ...(signal && { signal }),
    processes: availableParallelism(),
    onPlotted: (plotted) => {
      played.set(plotted.situation.id, plotted);
      if (played.size % 10 === 0) context.note(`Played ${played.size} of ${plays.length} situations.`);
    },
  });
  try {
    await playing;
  } catch (error) {
    if (signal?.aborted === true) return { type: "none", reason: "The situations were not played to the end." };
    throw error;
  }
  return { type: "simulated", played };
}
