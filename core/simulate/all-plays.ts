import type { Service } from "../model/service";
import type { Play } from "./prepared-play";
import type { Situation } from "./situation";
import { standardSituations } from "./standard";

/** The standard situations of all services that say what a good day is, then the incidents: each in all its views. */
export function allPlays(services: readonly Service[], incidents: readonly Situation[] = []): readonly Play[] {
  const standard = services.flatMap((service) => standardSituations(service, services));
  return [...standard, ...incidents].flatMap((situation) => situation.views.map((view) => ({ situation, view })));
}
