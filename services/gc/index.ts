import type { Service } from "../../core/model/service";
import { withRolloutDashboard } from "../../core/model/rollout-dashboard";
import { withSlos } from "../../core/model/slo-chain";
import { runbooks } from "../../runbooks/sections";
import { withBlindness } from "../blindness";
import { alerts } from "./alerts";
import { dashboards } from "./dashboards";
import { goodDay } from "./good-day";
import { metrics } from "./metrics";
import { recordingRules } from "./recording-rules";
import { rollout } from "./rollout";
import { slos } from "./slos";
import { workload } from "./workload";

/** The Global Controller: assigns each meeting to an MC and keeps the registry of MCs. */
export const gc: Service = withRolloutDashboard(
  withBlindness(
    withSlos({
      id: "gc",
      title: "Global Controller",
      metricPrefix: "gc_",
      alertPrefix: "GC",
      workload,
      metrics,
      dashboards,
      recordingRules: Object.values(recordingRules),
      alerts: Object.values(alerts),
      slos: Object.values(slos),
      goodDay,
      rollout,
    }),
    runbooks.gc.incidentResponse["scenario-11-blind-alerts"],
  ),
);
