import { alert, examplePod, fires, type InputSeries, platform, promql, quiet, series, workloadAlerts } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { assignmentAlerts } from "./assignment-alerts";
import { panels } from "./dashboards";
import { databaseAlerts } from "./database-alerts";
import { httpAlerts } from "./http-alerts";
import { workload } from "./workload";

const scenarios = runbooks.gc.incidentResponse;

const ready = (values: string, pod = examplePod(workload)): InputSeries =>
  series(platform.podReady, { namespace: workload.namespace, pod, condition: "true" }, values);

/** What pages or warns about the GC. */
export const alerts = {
  ...workloadAlerts(workload, panels, {
    down: scenarios["scenario-1-gc-down-or-not-scraped"],
    allDownImpact: "Nobody can join a meeting, and every MC loses its registration.",
    oneDown: { severity: "warning", impact: "The other replica carries all requests; one more failure stops all joins." },
    restarting: {
      severity: "warning",
      impact: "Requests that the replica held fail; the other one carries them meanwhile.",
      allowed: 2,
      runbook: scenarios["scenario-9-pods-restarting"],
    },
    resources: scenarios["scenario-10-memory-or-cpu-pressure"],
  }),
  notReady: alert("GCNotReady", {
    panel: panels.ready,
    expression: promql`sum(${panels.ready.queries.pod.query}) < 1`,
    trigger: "no GC pod is ready",
    for: "2m",
    keepFiringFor: "6m",
    severity: "page",
    summary: "No GC pod is ready",
    impact: "Nobody can join a meeting, and every MC loses its registration, though the GC's processes run.",
    runbook: scenarios["scenario-1-gc-down-or-not-scraped"],
    examples: [
      fires({ input: [ready("1x4 0x20")], at: "7m", value: 0 }),
      quiet("one of two is ready", { input: [ready("0x20"), ready("1x20", "gc-service-other")], until: "20m" }),
    ],
  }),
  ...httpAlerts,
  ...assignmentAlerts,
  ...databaseAlerts,
};
