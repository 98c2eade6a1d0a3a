import type { LoadedDashboard, LoadedRule } from "../../model/files/loaded";
import type { Workload } from "../../model/workload";
import type { FoundAlert } from "./alerts";
import type { ImportedMetric } from "./metrics";
import type { ImportedPanel, Vocabulary } from "./panels";

/** A dashboard with the panels that are declared for it. */
export interface FoundDashboard {
  readonly loaded: Pick<LoadedDashboard, "uid" | "title" | "description" | "variables" | "subject">;
  readonly panels: readonly ImportedPanel[];
}

/** What was found for a service, before it is written. */
export interface FoundService extends Vocabulary {
  readonly id: string;
  readonly alertPrefix: string;
  readonly catalog: readonly ImportedMetric[];
  readonly recordings: readonly LoadedRule[];
  readonly dashboards: readonly FoundDashboard[];
  readonly alerts: readonly FoundAlert[];
  readonly workload: Workload | undefined;
}
