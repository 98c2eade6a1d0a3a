import { runbooks } from "../../runbooks/sections";
import { workloadAlerts } from "../workload";
import { assignmentAlerts } from "./assignment-alerts";
import { panels } from "./dashboards";
import { databaseAlerts } from "./database-alerts";
import { httpAlerts } from "./http-alerts";
import { workload } from "./workload";

const scenarios = runbooks.gc.incidentResponse;

/** What pages or warns about the GC. */
export const alerts = {
  ...workloadAlerts(workload, panels, {
    down: scenarios["scenario-1-gc-down-or-not-scraped"],
    allDownImpact: "Nobody can join a meeting, and every MC loses its registration.",
    oneDown: { severity: "warning", impact: "The other replica carries all requests; one more failure stops all joins." },
    restarting: scenarios["scenario-9-pods-restarting"],
    resources: scenarios["scenario-10-memory-or-cpu-pressure"],
  }),
  ...httpAlerts,
  ...assignmentAlerts,
  ...databaseAlerts,
};
