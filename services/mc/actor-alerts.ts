import { alert } from "../../core/model";
import { actorAlerts as standardAlerts } from "../../core/model/standard/actor-alerts";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";
import { workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;

/** What pages or warns about the actors, always by their type. */
export const actorAlerts = {
  ...standardAlerts(workload, metrics, panels, {
    mailboxes: {
      runbook: scenarios["scenario-1-high-mailbox-depth"],
      warning: { above: 100, impact: "Participants notice delays when the mailboxes go on filling." },
      page: { above: 500, impact: "Participants see frozen meetings, and messages are about to be dropped." },
    },
    panics: {
      severity: "page",
      impact: "What the actor held (a meeting, a participant or a connection) is gone.",
      runbook: scenarios["scenario-2-actor-panics"],
    },
    drops: {
      above: 0.1,
      severity: "warning",
      impact: "Participants miss what was in these messages.",
      runbook: scenarios["scenario-3-messages-dropped"],
    },
  }),
  slowMessageProcessing: alert("MCSlowMessageProcessing", {
    panel: panels.messageProcessing,
    objective: slos.messageProcessing,
    severity: "warning",
    summary: "{actor_type} takes {value} (p95) for a message",
  }),
};
