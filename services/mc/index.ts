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
import { situations } from "./situations";
import { slos } from "./slos";
import { workload } from "./workload";

/** The Meeting Controller: holds the live meetings. */
export const mc: Service = withRolloutDashboard(
  withBlindness(
    withSlos({
      id: "mc",
      title: "Meeting Controller",
      metricPrefix: "mc_",
      alertPrefix: "MC",
      workload,
      metrics,
      dashboards,
      recordingRules: Object.values(recordingRules),
      alerts: Object.values(alerts),
      slos: Object.values(slos),
      goodDay,
      situations,
      rollout,
    }),
    runbooks.mc.incidentResponse["scenario-11-blind-alerts"],
  ),
);
