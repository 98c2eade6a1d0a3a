// Compiled by tsc, never run: each wrong use stands under @ts-expect-error, which is an error itself when the line compiles.
import { alert } from "../../core/model/declared-alert";
import type { Duration } from "../../core/model/duration";
import { observations, series } from "../../core/model/example";
import { counter } from "../../core/model/metric";
import { promql, where } from "../../core/model/query";
import { latencySlo } from "../../core/model/slo";
import { runbooks } from "../../runbooks/sections";
import { panels } from "../../services/mc/dashboards";
import { metrics } from "../../services/mc/metrics";

// What is right compiles.
promql`max by (actor_type) (${metrics.mailboxDepth})`;
where(metrics.mailboxDepth, { actor_type: "MeetingActor", instance: /mc-0.*/ });
series(metrics.gcHeartbeats, { status: "success", heartbeat_type: "fast", instance: "mc-0" }, "1x5");

// @ts-expect-error -- a metric that no catalog declares
promql`${metrics.mailboxDepht}`;
// @ts-expect-error -- a histogram itself has no samples
promql`rate(${metrics.messageProcessing}[5m])`;
// @ts-expect-error -- text could spell any metric
promql`rate(${"mc_unknown_total"}[5m])`;

// @ts-expect-error -- a label that the metric does not have
where(metrics.mailboxDepth, { actor: "MeetingActor" });
// @ts-expect-error -- an actor type that does not exist
where(metrics.mailboxDepth, { actor_type: "MeetingActr" });

// @ts-expect-error -- a label is missing
series(metrics.gcHeartbeats, { status: "success" }, "1x5");
// @ts-expect-error -- a label too many
series(metrics.meetings, { actor_type: "MeetingActor" }, "1x5");
// @ts-expect-error -- a value that the label never has
series(metrics.sessionJoins, { status: "failed" }, "1x5");
// @ts-expect-error -- only histograms have buckets
observations(metrics.sessionJoins, { status: "success" }, { items: [], over: "5m" });

// @ts-expect-error -- a section that nobody wrote
runbooks.mc.incidentResponse["scenario-1-high-mailbox-deph"];
// @ts-expect-error -- a panel that does not exist
panels.mailboxDeph;

const text = {
  for: "5m",
  severity: "warning",
  summary: "x",
  impact: "x",
  runbook: runbooks.mc.incidentResponse["scenario-1-high-mailbox-depth"],
  examples: [],
} as const;
alert("MCX", { ...text, panel: panels.joinDuration, query: "p95", above: 1 });
// @ts-expect-error -- a query that the panel does not have
alert("MCX", { ...text, panel: panels.joinDuration, query: "p99", above: 1 });
// @ts-expect-error -- a severity that nobody routes
alert("MCX", { ...text, severity: "critical", panel: panels.mailboxDepth, above: 1 });
// @ts-expect-error -- an expression must be put into words
alert("MCX", { ...text, panel: panels.mailboxDepth, expression: promql`up` });

// @ts-expect-error -- an alert without a runbook section
alert("MCX", { ...text, runbook: undefined, panel: panels.mailboxDepth, above: 1 });

// @ts-expect-error -- no such unit
export const long: Duration = "5 minutes";
// @ts-expect-error -- a debug label must be one of the labels
counter("mc_x_total", { unit: "x", help: "x", labels: { status: ["a"] }, debugBy: "actor_type" });

const slo = { title: "x", thresholdSeconds: 0.5, objective: 0.95, impact: "x", runbook: text.runbook };
latencySlo("mc-x", { ...slo, histogram: metrics.messageProcessing, by: ["actor_type"] });
// @ts-expect-error -- a label that the histogram does not have
latencySlo("mc-x", { ...slo, histogram: metrics.messageProcessing, by: ["status"] });
// @ts-expect-error -- an objective is on a histogram
latencySlo("mc-x", { ...slo, histogram: metrics.sessionJoins });
