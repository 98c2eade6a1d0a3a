import { ratioSlo, thresholds, workloadPart } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

const scenarios = runbooks.rec.incidentResponse;

/** What REC has as other services do: metrics, panels and alerts. */
export const parts = {
  workload: workloadPart(workload, {
    down: scenarios["scenario-1-down-or-not-scraped"],
    allDownImpact: "No meeting is recorded.",
    oneDown: { impact: "The recordings of this instance have a gap." },
    restarting: { impact: "The recordings of this instance have a gap.", runbook: scenarios["scenario-2-pods-restarting"] },
    resources: scenarios["scenario-3-memory-or-cpu-pressure"],
  }),
};

/** What REC promises. */
export const slos = {
  starts: ratioSlo("rec-starts", {
    title: "REC starts",
    counter: metrics.starts,
    good: { status: "success" },
    objective: 0.995,
    impact: "Meetings go unrecorded.",
    runbook: scenarios["scenario-4-recordings-do-not-start"],
  }),
};

/** What else pages or warns about REC. */
export const alerts = {
  startFailures: thresholds(panels.startFailures, scenarios["scenario-4-recordings-do-not-start"], {
    warning: { name: "RECStartFailures", above: 0.02, impact: "Some meetings go unrecorded." },
    page: { name: "RECManyStartFailures", above: 0.2, impact: "Many meetings go unrecorded." },
  }),
  frameLoss: thresholds(panels.frameLoss, scenarios["scenario-6-recordings-have-gaps"], {
    warning: { name: "RECFrameLoss", above: 0.01, impact: "Recordings stutter." },
    page: { name: "RECHighFrameLoss", above: 0.1, impact: "Recordings are of no use." },
  }),
  slowStarts: thresholds(panels.startLatency, scenarios["scenario-4-recordings-do-not-start"], {
    warning: { name: "RECSlowStarts", above: 2, impact: "The first words of a meeting are missing." },
  }),
  slowWrites: thresholds(panels.writeLatency, scenarios["scenario-6-recordings-have-gaps"], {
    warning: { name: "RECSlowWrites", above: 0.1, impact: "None yet; frames are about to be lost." },
  }),
  uploadFailures: thresholds(panels.uploadFailures, scenarios["scenario-7-uploads-fall-behind"], {
    warning: { name: "RECUploadFailures", above: 0.05, impact: "Recordings arrive late." },
  }),
  backlog: thresholds(panels.backlog, scenarios["scenario-7-uploads-fall-behind"], {
    warning: { name: "RECUploadBacklog", above: 20e9, impact: "Recordings arrive hours late." },
  }),
  diskFree: thresholds(panels.diskFree, scenarios["scenario-7-uploads-fall-behind"], {
    warning: { name: "RECLowDisk", below: 0.2, impact: "None yet; without space nothing is recorded." },
    page: { name: "RECDiskFull", below: 0.05, impact: "Recordings are about to break off." },
  }),
};
