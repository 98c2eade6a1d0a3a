import type { Alert } from "./alert";
import type { Panel } from "./panel";
import type { Service } from "./service";
import { didYouMean } from "./suggestion";

/** Something that is used but not watched here: a database, another team's service. */
export interface ExternalUpstream {
  readonly id: string;
  readonly title: string;
  /** What has alerts is a service of this project: such a dependency needs a step. */
  readonly alerts?: never;
}

/** While the upstream alert fires, the downstream ones are its consequence: they say so, and page nobody. */
export interface Cascade {
  readonly upstream: Alert;
  readonly downstream: readonly Alert[];
  /** How the one leads to the other. */
  readonly reason: string;
  /** Labels that must be equal on both beside the namespace, such as `instance`. None when left out. */
  readonly equal?: readonly string[];
  /** The downstream alerts only say where to look first, and notify all the same: they may have another cause. */
  readonly hintOnly?: true;
}

interface Seen {
  /** What goes wrong here when the upstream fails. */
  readonly reason: string;
  /** Panels that show the upstream; they stand in the row "Upstream" of the first dashboard. None when left out. */
  readonly seenBy?: readonly Panel[];
}

/** On whom a service depends: a service of this program, by the step that looks there, or something else, by its title. */
export type Upstream =
  | (Seen & {
      /** The title of a numbered step. The diagnosis of each scenario begins with that of the service's first such upstream. */
      readonly step: string;
      readonly title?: never;
    })
  | (Seen & {
      /** Of what is not watched here: a database, another team's service. */
      readonly title: string;
      readonly step?: never;
    });

interface Leaning {
  readonly service: Service;
  /** What goes wrong downstream when the upstream fails. */
  readonly reason: string;
  /** Panels that show the upstream; they stand in the row "Upstream" of the service's first dashboard. */
  readonly seenBy: readonly Panel[];
}

/** That a service leans on another one of this project, and by which step its runbooks look there. */
export interface ServiceDependency extends Leaning {
  readonly upstream: Service;
  /** The title of a numbered step. The diagnosis of each scenario begins with that of the service's first such dependency. */
  readonly step: string;
}

/** That a service leans on something which is not watched here. */
export interface ExternalDependency extends Leaning {
  readonly upstream: ExternalUpstream;
}

/** That a service leans on another. */
export type Dependency = ServiceDependency | ExternalDependency;

/** The dependencies on services of this project. */
export function serviceDependencies(dependencies: readonly Dependency[]): readonly ServiceDependency[] {
  return dependencies.filter((dependency): dependency is ServiceDependency => "alerts" in dependency.upstream);
}

/**
 * What the services say of their upstreams, with the services themselves.
 * @throws Error when an upstream with a step is none of the services.
 */
export function dependenciesOf(services: readonly Service[]): readonly Dependency[] {
  const known = new Map(services.map((service) => [service.id, service]));
  return services.flatMap((service) =>
    Object.entries(service.upstreams ?? {}).map(([id, { reason, seenBy = [], step, title }]): Dependency => {
      if (step === undefined) return { service, upstream: { id, title }, reason, seenBy };
      const upstream = known.get(id);
      if (!upstream)
        throw new Error(
          `The service "${service.id}" depends on "${id}", which is no service.${didYouMean(id, known.keys())} Of what is not watched here, give a title instead of a step.`,
        );
      return { service, upstream, reason, seenBy, step };
    }),
  );
}

/** The service with a row that shows its upstreams, third on its first dashboard: below those that are open. */
export function withUpstreamRow(service: Service): Service {
  const [overview, ...others] = service.dashboards;
  const shown = new Set(overview?.rows.flatMap(({ panels }) => panels));
  const panels = Object.values(service.upstreams ?? {})
    .flatMap(({ seenBy = [] }) => seenBy)
    .filter((panel) => !shown.has(panel));
  if (!overview || panels.length === 0) return service;
  const row = { title: "Upstream", panels: [...new Set(panels)] };
  return { ...service, dashboards: [{ ...overview, rows: overview.rows.toSpliced(2, 0, row) }, ...others] };
}
