import { actorPart, heartbeatPart, latencySlo, thresholds, workloadPart } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

const scenarios = runbooks.mh.incidentResponse;

/** What MH has as other services do: metrics, panels and alerts. */
export const parts = {
  workload: workloadPart(workload, {
    down: scenarios["scenario-1-down-or-not-scraped"],
    allDownImpact: "Nobody hears or sees anybody.",
    oneDown: { impact: "The media of its participants are interrupted." },
    restarting: { impact: "The media of its participants are interrupted.", runbook: scenarios["scenario-2-pods-restarting"] },
    resources: scenarios["scenario-3-memory-or-cpu-pressure"],
  }),
  actors: actorPart("mh", workload, {
    types: ["StreamActor", "RoomActor"],
    mailboxes: {
      runbook: scenarios["scenario-6-actors-fall-behind"],
      warning: { above: 200, impact: "Sound and picture lag." },
      page: { above: 1000, impact: "Meetings freeze." },
    },
    panics: { severity: "page", impact: "Streams break off.", runbook: scenarios["scenario-6-actors-fall-behind"] },
    drops: { above: 1, severity: "warning", impact: "Media stutter.", runbook: scenarios["scenario-6-actors-fall-behind"] },
  }),
  registration: heartbeatPart("mh", workload, {
    to: "MC",
    everySeconds: 10,
    lostAfterSeconds: 30,
    runbook: scenarios["scenario-7-registration-lost"],
    stopped: { severity: "page", impact: "The MCs send no new meetings here." },
    errors: { above: 0.1, severity: "warning", impact: "Registration is at risk." },
    slow: { above: 0.1, severity: "warning", impact: "None yet; registration is at risk." },
  }),
};

/** What MH promises. */
export const slos = {
  forwarding: latencySlo("mh-forwarding", {
    title: "MH forwarding",
    histogram: metrics.forwarding,
    thresholdSeconds: 0.01,
    objective: 0.95,
    impact: "People talk over each other.",
    runbook: scenarios["scenario-8-bad-media"],
  }),
};

/** What else pages or warns about MH. */
export const alerts = {
  loss: thresholds(panels.loss, scenarios["scenario-8-bad-media"], {
    warning: { name: "MHPacketLoss", above: 0.02, impact: "Sound breaks up." },
    page: { name: "MHHighPacketLoss", above: 0.1, impact: "Nobody can follow a meeting." },
  }),
  setupFailures: thresholds(panels.setupFailures, scenarios["scenario-4-streams-are-not-set-up"], {
    warning: { name: "MHSetupFailures", above: 0.05, impact: "Some people are neither heard nor seen." },
  }),
};
