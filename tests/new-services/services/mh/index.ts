import { service, upstream } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { workload as mcWorkload } from "../mc/workload";
import { alerts, parts, slos } from "./alerts";
import { overview } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

export const mh = service("mh", {
  title: "Media handler",
  workload,
  metrics,
  dashboards: [overview],
  parts,
  alerts,
  slos,
  blindAlerts: runbooks.mh.incidentResponse["scenario-5-blind-alerts"],
  upstreams: { mc: upstream(mcWorkload, "Without an MC there is no meeting whose media could be forwarded.") },
});
