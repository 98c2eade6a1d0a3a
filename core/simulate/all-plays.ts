import type { Service } from "../model/service";
import type { Play } from "./prepared-play";
import type { Situation } from "./situation";
import { standardSituations } from "./standard";

/** The standard situations of all services that say what a good day is, then the incidents: each in all its views. */
export function allPlays(services: readonly Service[], incidents: readonly Situation[] = []): readonly Play[] {
  const standard = services.flatMap((service) => standardSituations(service, services));
  const byOperator = new Set(services.filter(isScrapedByOperator).map(({ id }) => id));
  return [...standard, ...incidents].flatMap((situation) =>
    situation.views
      // A service that declares the operator's labels may ask for them: it is scraped in no other way.
      .filter(({ convention }) => convention === "operator" || !byOperator.has(situation.service ?? ""))
      .map((view) => ({ situation, view })),
  );
}

function isScrapedByOperator({ workload }: Service): boolean {
  return (workload?.scrape?.by ?? "plain") !== "plain";
}
