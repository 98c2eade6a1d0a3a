import { latencySlo, ratioSlo } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { metrics } from "./metrics";

const scenarios = runbooks.mc.incidentResponse;

/** What the MC promises. */
export const slos = {
  messageProcessing: latencySlo("mc-message-processing", {
    title: "MC message processing",
    histogram: metrics.messageProcessing,
    by: ["actor_type"],
    thresholdSeconds: 0.5,
    objective: 0.95,
    impact: "Participants notice delays; the meeting-join journey misses its budget.",
    runbook: scenarios["scenario-4-slow-message-processing"],
  }),
  sessionJoins: ratioSlo("mc-session-joins", {
    title: "MC session joins",
    counter: metrics.sessionJoins,
    good: { status: "success" },
    objective: 0.999,
    impact: "People cannot enter their meetings.",
    runbook: scenarios["scenario-5-session-join-failures"],
  }),
};
