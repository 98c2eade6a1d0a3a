import { indexOf, type Model } from "../model/model";
import type { ResolvedEnvironment } from "../render/environment";
import { renderRuleObjects } from "../render/prometheus-rule";
import { targetsOf } from "./convention";
import { playLive, type LivePlay, type PlayedLive } from "./play-live";
import { scrapeAll } from "./scrape";
import type { Situation, View } from "./situation";
import { worldAt } from "./world-at";

/** A stack as it is deployed: its rules, where they lead, and its Alertmanager. */
export interface LiveStack extends Pick<LivePlay, "alertmanager" | "commands"> {
  readonly model: Model;
  readonly environment: ResolvedEnvironment;
}

/** Plays a situation under a view through the real Prometheus and Alertmanager of a stack. */
export async function playSituationLive(situation: Situation, view: View, stack: LiveStack): Promise<PlayedLive> {
  const { historySeconds, lastsSeconds, everySeconds } = situation;
  const { model, environment, alertmanager, commands } = stack;
  const world = worldAt(situation.world(view), model);
  return playLive({
    series: scrapeAll(targetsOf(world, view.convention), {
      everySeconds: view.scrapeSeconds,
      historySeconds,
      lastsSeconds,
      missing: world.missing,
    }),
    lastsSeconds,
    groups: model.services.flatMap((service) =>
      renderRuleObjects(service, indexOf(model), environment).flatMap((object) => object.groups),
    ),
    alertmanager,
    commands,
    ...(everySeconds !== undefined && { evaluationSeconds: everySeconds }),
  });
}
