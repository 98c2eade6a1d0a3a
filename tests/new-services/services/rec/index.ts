import { service, upstream } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { workload as mcWorkload } from "../mc/workload";
import { alerts, parts, slos } from "./alerts";
import { overview } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

export const rec = service("rec", {
  title: "Recording service",
  workload,
  metrics,
  dashboards: [overview],
  parts,
  alerts,
  slos,
  blindAlerts: runbooks.rec.incidentResponse["scenario-5-blind-alerts"],
  upstreams: { mc: upstream(mcWorkload, "No media arrives to be recorded.") },
});
