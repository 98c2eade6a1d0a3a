import { service } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { alerts } from "./alerts";
import { overview, panels } from "./dashboards";
import { goodDay } from "./good-day";
import { metrics } from "./metrics";
import { rollout } from "./rollout";
import { slos } from "./slos";
import { workload } from "./workload";

/** The Global Controller: assigns each meeting to an MC and keeps the registry of MCs. */
export const gc = service("gc", {
  title: "Global Controller",
  workload,
  metrics,
  dashboards: [overview],
  alerts,
  slos,
  blindAlerts: runbooks.gc.incidentResponse["scenario-11-blind-alerts"],
  upstreams: {
    mc: { reason: "The GC needs a healthy MC for every new meeting.", seenBy: [panels.mcUp], step: "Check MC pod status" },
    postgres: {
      title: "PostgreSQL",
      reason: "The registry of MCs and the assignments are in PostgreSQL.",
      seenBy: [panels.dbFailing, panels.dbErrorRatio, panels.dbLatency],
    },
    ac: { title: "Auth Controller", reason: "The GC asks the AC who a client is." },
  },
  goodDay,
  rollout,
});
