import { service } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { alerts } from "./alerts";
import { overview, panels } from "./dashboards";
import { goodDay } from "./good-day";
import { metrics } from "./metrics";
import { rollout } from "./rollout";
import { situations } from "./situations";
import { slos } from "./slos";
import { workload } from "./workload";

/** The Meeting Controller: holds the live meetings. */
export const mc = service("mc", {
  title: "Meeting Controller",
  workload,
  metrics,
  dashboards: [overview],
  alerts,
  slos,
  blindAlerts: runbooks.mc.incidentResponse["scenario-11-blind-alerts"],
  upstreams: {
    gc: {
      reason: "An MC is useful only while it is registered with the GC; without heartbeats for 30 s it is taken for lost.",
      seenBy: [panels.gcUp],
      step: "Check GC health",
    },
    redis: {
      title: "Redis",
      reason: "The MC keeps the state of meetings and their generations in Redis.",
      seenBy: [panels.redisLatency],
    },
    ac: { title: "Auth Controller", reason: "The MC checks tokens with the AC's keys." },
  },
  goodDay,
  situations,
  rollout,
});
