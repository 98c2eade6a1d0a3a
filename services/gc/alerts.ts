import { alert, type Alert } from "../../model/alert";
import { fires, quiet, series } from "../../model/example";
import { runbooks } from "../../runbooks/sections";
import { platform } from "../platform";
import { instanceDownAlert, workloadAlerts } from "../workload";
import { assignmentAlerts } from "./assignment-alerts";
import { panels } from "./dashboards";
import { databaseAlerts } from "./database-alerts";
import { httpAlerts } from "./http-alerts";
import { workload } from "./workload";

const scenarios = runbooks.gc.incidentResponse;

/** What pages or warns about the GC. */
export const alerts: readonly Alert[] = [
  alert("GCDown", {
    panel: panels.instancesUp,
    when: { below: 1 },
    for: "1m",
    severity: "page",
    summary: "No GC instance is up",
    impact: "Nobody can join a meeting, and every MC loses its registration.",
    runbook: scenarios["scenario-1-gc-down-or-not-scraped"],
    examples: [
      fires({
        input: [
          series(platform.up, { job: workload.job, instance: "gc-a:8080" }, "1x4 0x20"),
          series(platform.up, { job: workload.job, instance: "gc-b:8080" }, "1x4 0x20"),
        ],
        at: "6m",
        labels: {},
        value: "0",
      }),
      quiet("the second replica serves", {
        input: [
          series(platform.up, { job: workload.job, instance: "gc-a:8080" }, "0x20"),
          series(platform.up, { job: workload.job, instance: "gc-b:8080" }, "1x20"),
        ],
        until: "20m",
      }),
    ],
  }),
  instanceDownAlert(workload, panels, {
    name: "GCInstanceDown",
    severity: "warning",
    impact: "The other replica carries all requests; one more failure stops all joins.",
    runbook: scenarios["scenario-1-gc-down-or-not-scraped"],
  }),
  ...workloadAlerts(workload, panels, {
    absent: scenarios["scenario-1-gc-down-or-not-scraped"],
    restarting: scenarios["scenario-9-pods-restarting"],
    resources: scenarios["scenario-10-memory-or-cpu-pressure"],
  }),
  ...httpAlerts,
  ...assignmentAlerts,
  ...databaseAlerts,
];
