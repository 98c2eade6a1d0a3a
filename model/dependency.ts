import type { Alert } from "./alert";
import type { Panel } from "./panel";
import type { Service } from "./service";

/** Something that is used but not watched here: a database, another team's service. */
export interface ExternalUpstream {
  readonly id: string;
  readonly title: string;
}

/** While the upstream alert fires, the downstream ones are its consequence and page nobody. */
export interface Cascade {
  readonly upstream: Alert;
  readonly downstream: readonly Alert[];
  /** How the one leads to the other. */
  readonly reason: string;
  /** Labels that must be equal on both beside the namespace, such as `instance`. None when left out. */
  readonly equal?: readonly string[];
}

/** That a service leans on another: how it is seen, which step of its runbooks looks there, and what it explains. */
export interface Dependency {
  readonly service: Service;
  readonly upstream: Service | ExternalUpstream;
  /** What goes wrong downstream when the upstream fails. */
  readonly reason: string;
  /** Panels that show the upstream; they stand in the row "Upstream" of the service's first dashboard. */
  readonly seenBy: readonly Panel[];
  /** The title of the numbered step that looks at the upstream. Scenarios of a service begin with that of its first dependency. */
  readonly step?: string;
}

/** Whether the upstream is a service of this project. */
export function isService(upstream: Service | ExternalUpstream): upstream is Service {
  return "alerts" in upstream;
}

/** The service with a row that shows its upstreams, second on its first dashboard. */
export function withUpstreamRow(service: Service, dependencies: readonly Dependency[]): Service {
  const panels = dependencies.filter((dependency) => dependency.service.id === service.id).flatMap(({ seenBy }) => seenBy);
  const [overview, ...others] = service.dashboards;
  if (!overview || panels.length === 0) return service;
  const [first, ...rows] = overview.rows;
  const row = { title: "Upstream", panels: [...new Set(panels)] };
  return { ...service, dashboards: [{ ...overview, rows: [...(first ? [first] : []), row, ...rows] }, ...others] };
}
