import { workloadAlerts } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { actorAlerts } from "./actor-alerts";
import { panels } from "./dashboards";
import { registrationAlerts } from "./registration-alerts";
import { rolloutAlerts } from "./rollout-alerts";
import { sessionAlerts } from "./session-alerts";
import { workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;

/** What pages or warns about the MC. */
export const alerts = {
  ...workloadAlerts(workload, panels, {
    down: scenarios["scenario-7-instance-down-or-not-scraped"],
    allDownImpact: "Every meeting is interrupted, and nobody can start one.",
    downOutlasts: "12m", // longer than the GC's objectives remember that nobody could join
    oneDown: { severity: "page", impact: "The meetings on this MC are interrupted; its participants must join again." },
    restarting: {
      severity: "page",
      impact: "The meetings on this MC ended with its process; their participants must join again.",
      allowed: 0,
      runbook: scenarios["scenario-8-pods-restarting"],
    },
    resources: scenarios["scenario-9-memory-or-cpu-pressure"],
  }),
  ...registrationAlerts,
  ...actorAlerts,
  ...sessionAlerts,
  ...rolloutAlerts,
};
