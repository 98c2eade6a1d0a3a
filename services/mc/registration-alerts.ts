import { heartbeatAlerts } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { heartbeats } from "./metrics";
import { registration, workload } from "./workload";

/** What pages or warns about the registration with the GC. */
export const registrationAlerts = heartbeatAlerts(workload, heartbeats, panels, {
  ...registration,
  runbook: runbooks.mc.incidentResponse["scenario-6-gc-registration-lost"],
  stopped: {
    severity: "page",
    impact: "The GC takes this MC for lost: it gets no new meetings, and its capacity is missing.",
  },
  errors: {
    above: 0.1,
    severity: "warning",
    impact: "The MC loses its registration when three heartbeats in a row are missed.",
  },
  slow: {
    above: 0.1,
    severity: "warning",
    impact: "None yet; the GC or the way to it is slow, and registration is at risk.",
  },
});
