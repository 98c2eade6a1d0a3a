import { series } from "../../core/model/example";
import { promql, where } from "../../core/model/query";
import { latencySlo, ratioSlo } from "../../core/model/slo";
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
    good: promql`sum(rate(${where(metrics.sessionJoins, { status: "success" })}[$__rate_interval]))`,
    total: promql`sum(rate(${metrics.sessionJoins}[$__rate_interval]))`,
    events: {
      good: series(metrics.sessionJoins, { status: "success" }, ""),
      bad: series(metrics.sessionJoins, { status: "failure" }, ""),
    },
    objective: 0.999,
    impact: "People cannot enter their meetings.",
    runbook: scenarios["scenario-5-session-join-failures"],
  }),
};
