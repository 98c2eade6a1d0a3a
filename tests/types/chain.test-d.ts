// Compiled by tsc, never run: each wrong use stands under @ts-expect-error, which is an error itself when the line compiles.
import type { Alert } from "../../core/model/alert";
import { alert } from "../../core/model/declared-alert";
import { service } from "../../core/model/declared-service";
import type { Duration } from "../../core/model/duration";
import { observations, series } from "../../core/model/example";
import { expression, increaseBy, maxBy, quantile, rateBy, ratio } from "../../core/model/measure";
import { counter, gauge } from "../../core/model/metric";
import { panel } from "../../core/model/panel";
import { promql, where } from "../../core/model/query";
import { latencySlo } from "../../core/model/slo";
import { actorPart } from "../../core/model/standard/actor-alerts";
import { thresholds } from "../../core/model/thresholds";
import { runbooks } from "../../runbooks/sections";
import { panels } from "../../services/mc/dashboards";
import { metrics } from "../../services/mc/metrics";
import { workload } from "../../services/mc/workload";

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
// @ts-expect-error -- Prometheus takes no fractions
export const fraction: Duration = "1.5h";
// @ts-expect-error -- nor powers of ten
export const power: Duration = "1e3s";
counter("mc_x_total", { help: "x" });
gauge("mc_x_active", { unit: "x", help: "x" });
// @ts-expect-error -- neither the name nor anybody else says the unit
gauge("mc_x_active", { help: "x" });
// @ts-expect-error -- what has no labels cannot be grouped by one
rateBy(counter("mc_x_total", { help: "x" }), ["status"]);
// @ts-expect-error -- a debug label must be one of the labels
counter("mc_x_total", { unit: "x", help: "x", labels: { status: ["a"] }, requiredGrouping: "actor_type" });

const slo = { title: "x", thresholdSeconds: 0.5, objective: 0.95, impact: "x", runbook: text.runbook };
latencySlo("mc-x", { ...slo, histogram: metrics.messageProcessing, by: ["actor_type"] });
// @ts-expect-error -- a label that the histogram does not have
latencySlo("mc-x", { ...slo, histogram: metrics.messageProcessing, by: ["status"] });
// @ts-expect-error -- an objective is on a histogram
latencySlo("mc-x", { ...slo, histogram: metrics.sessionJoins });

// What a measure does not know does not compile.
ratio(metrics.sessionJoins, { bad: { status: "failure" }, by: ["instance"] });
// @ts-expect-error -- a value that the label never has
ratio(metrics.sessionJoins, { bad: { status: "error" } });
// @ts-expect-error -- a label that the counter does not have
rateBy(metrics.sessionJoins, ["actor_type"]);
// @ts-expect-error -- a counter has no quantile
quantile(0.95, metrics.sessionJoins);
// @ts-expect-error -- a gauge is no counter
rateBy(metrics.mailboxDepth, ["actor_type"]);
// @ts-expect-error -- a counter has no level
maxBy(metrics.messagesDropped, ["actor_type"]);
// @ts-expect-error -- a window needs the job whose counters begin within it
ratio(metrics.sessionJoins, { bad: { status: "failure" }, within: "5m" });
increaseBy(metrics.actorPanics, ["actor_type"], { within: "5m", job: "mc" });
// @ts-expect-error -- over so long, an old count cannot be told from a first increment
increaseBy(metrics.actorPanics, ["actor_type"], { within: "1h", job: "mc" });
// @ts-expect-error -- a panel of a measure has the measure's unit
panel("x", { title: "X", description: "X.", unit: "s", of: rateBy(metrics.sessionJoins, []) });

panel("x", { title: "X", of: rateBy(metrics.sessionJoins, []) });
// @ts-expect-error -- what any other query shows, its author says
panel("x", { title: "X", of: expression(promql`up`, "short", "x") });

const redis = { for: "5m", severity: "warning", runbook: text.runbook, panel: panels.redisLatency, above: 0.1 } as const;
alert("MCX", { ...redis, summary: "Redis {operation} takes {value}", impact: "{operation} is slow, {not a label}" });
alert("MCX", { ...redis, summary: "{{ $labels.operation }}", impact: "x" });
// @ts-expect-error -- a label that the panel does not keep
alert("MCX", { ...redis, summary: "{instance} takes {value}", impact: "x" });
// @ts-expect-error -- nor does it in the impact
alert("MCX", { ...redis, summary: "x", impact: "{operatoin} is slow" });
// @ts-expect-error -- a threshold has one side
alert("MCX", { ...redis, below: 0.01, summary: "x", impact: "x" });
// @ts-expect-error -- neither a condition nor an objective that has one
alert("MCX", { ...text, panel: panels.redisLatency });

const told = { severity: "page", impact: "x", runbook: text.runbook } as const;
const levels = { runbook: text.runbook, warning: { above: 1, impact: "x" }, page: { above: 2, impact: "x" } };
const actors = { mailboxes: levels, panics: told, drops: { ...told, above: 1 } };
actorPart("mc", workload, { ...actors, types: ["MeetingActor"] });
const lost = { summary: "{operation} takes {value}" };
const both = thresholds(panels.redisLatency, text.runbook, {
  ...lost,
  warning: { name: "MCX", above: 0.1, impact: "{operation} is slow" },
  page: { name: "MCY", above: 0.5, impact: "x" },
});
both.page satisfies Alert;
// @ts-expect-error -- a severity that was not given
both.info;
// @ts-expect-error -- a label that the panel does not keep
thresholds(panels.redisLatency, text.runbook, { ...lost, summary: "{instance}", page: { name: "MCX", above: 1, impact: "x" } });
// @ts-expect-error -- nor does it in the impact
thresholds(panels.redisLatency, text.runbook, { ...lost, page: { name: "MCX", above: 1, impact: "{instance}" } });
// @ts-expect-error -- a severity that nobody routes
thresholds(panels.redisLatency, text.runbook, { ...lost, critical: { name: "MCX", above: 1, impact: "x" } });
// @ts-expect-error -- a threshold has one side
thresholds(panels.redisLatency, text.runbook, { ...lost, page: { name: "MCX", above: 1, below: 2, impact: "x" } });
thresholds(panels.joinDuration, text.runbook, {
  // @ts-expect-error -- a query that the panel does not have
  query: "p99",
  page: { name: "MCX", above: 1, impact: "x" },
});
// @ts-expect-error -- actors have a type
actorPart("mc", workload, { ...actors, types: [] });
// @ts-expect-error -- an upstream of this program is looked at by a step, anything else has a title
service("mc", { title: "MC", upstreams: { gc: { reason: "x" } } });
