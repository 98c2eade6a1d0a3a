import { loadRunbookFolder, loadSectionsFile } from "../core/load/runbooks";
import { cascadesOf } from "../core/model/cascades";
import { dependenciesOf, type Cascade } from "../core/model/dependency";
import type { Journey } from "../core/model/journey";
import type { Catalog } from "../core/model/metric";
import type { Model } from "../core/model/model";
import type { Service } from "../core/model/service";

/** What a program declares beside its runbooks. What it leaves out, it has none of. */
export interface Declarations {
  readonly services: readonly Service[];
  /** Metrics that no service exports itself, such as those of kube-state-metrics. */
  readonly platform?: Catalog;
  /** Beside those that follow from the workloads and the objectives of the services. */
  readonly cascades?: readonly Cascade[];
  readonly journeys?: readonly Journey[];
}

/**
 * The whole chain of a program: what it declares, and the Markdown in `runbooks/<service>/` of its folder, that of
 * Pulumi.yaml, as it is now.
 * @throws Error when there is no folder `runbooks`.
 */
export function loadModel(projectRoot: string, declared: Declarations): Model {
  const { services, platform = {}, cascades = [], journeys = [] } = declared;
  return {
    services,
    platform,
    dependencies: dependenciesOf(services),
    cascades: cascadesOf(services, cascades),
    journeys,
    ...loadRunbookFolder(projectRoot),
    sectionsFile: loadSectionsFile(projectRoot),
  };
}
