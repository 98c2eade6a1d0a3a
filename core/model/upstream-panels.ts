import { serviceDependencies } from "./dependency";
import { groupBy } from "./group-by";
import { journeyPanels } from "./journey-dashboard";
import type { Model } from "./model";
import type { Panel } from "./panel";
import type { Service } from "./service";

/** The services that a panel shows from outside, among those of the model: upstreams, and the owners of a journey's steps. */
export function upstreamsShownBy(
  { dependencies, journeys }: Model,
  panels: ReadonlyMap<string, Panel>,
  services: ReadonlyMap<string, Service>,
): ReadonlyMap<Panel, readonly Service[]> {
  const shown = [
    ...serviceDependencies(dependencies).flatMap(({ seenBy, upstream }) =>
      seenBy.map((panel) => ({ panel, owner: upstream.id })),
    ),
    ...journeys.flatMap(journeyPanels).map(({ name, owner }) => ({ panel: panels.get(name), owner })),
  ];
  const known = shown.flatMap(({ panel, owner }) => {
    const service = services.get(owner);
    return panel && service ? [{ panel, service }] : [];
  });
  const byPanel = groupBy(known, ({ panel }) => panel);
  return new Map([...byPanel].map(([panel, group]) => [panel, group.map(({ service }) => service)]));
}
