import { alert } from "../../model/alert";
import { fires, observations, quiet, series } from "../../model/example";
import { promql } from "../../model/query";
import { runbooks } from "../../runbooks/sections";
import { platform } from "../platform";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";
import { workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;
const meeting = { actor_type: "MeetingActor" } as const;
const instance = "mc-0:8081";
const actor = { ...meeting, instance };
const up = series(platform.up, { job: workload.job, instance }, "1x60");

/** What pages or warns about the actors, always by their type. */
export const actorAlerts = {
  highMailboxDepth: alert("MCHighMailboxDepth", {
    panel: panels.mailboxDepth,
    when: { above: 100 },
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.actor_type }} mailboxes hold up to {{ $value | humanize }} messages",
    impact: "Participants notice delays when the mailboxes go on filling.",
    runbook: scenarios["scenario-1-high-mailbox-depth"],
    examples: [
      fires({ input: [series(metrics.mailboxDepth, meeting, "101x10")], at: "5m", labels: meeting, value: "101" }),
      quiet("the threshold itself is allowed", { input: [series(metrics.mailboxDepth, meeting, "100x20")], until: "20m" }),
      quiet("no MC has reported yet", { input: [], until: "20m" }),
    ],
  }),
  criticalMailboxDepth: alert("MCCriticalMailboxDepth", {
    panel: panels.mailboxDepth,
    when: { above: 500 },
    for: "2m",
    severity: "page",
    summary: "{{ $labels.actor_type }} mailboxes hold up to {{ $value | humanize }} messages",
    impact: "Participants see frozen meetings, and messages are about to be dropped.",
    runbook: scenarios["scenario-1-high-mailbox-depth"],
    examples: [
      fires({ input: [series(metrics.mailboxDepth, meeting, "0 600x10")], at: "3m", labels: meeting, value: "600" }),
      quiet("it lasts for a minute", { input: [series(metrics.mailboxDepth, meeting, "0x4 600 600 0x20")], until: "20m" }),
    ],
  }),
  actorPanic: alert("MCActorPanic", {
    panel: panels.actorPanics,
    when: { above: 0 },
    for: "0m",
    severity: "page",
    summary: "{{ $labels.actor_type }} panicked",
    impact: "What the actor held (a meeting, a participant or a connection) is gone.",
    runbook: scenarios["scenario-2-actor-panics"],
    examples: [
      fires({ input: [series(metrics.actorPanics, actor, "0x5 1x10"), up], at: "6m", labels: meeting, value: "1" }),
      fires({ input: [series(metrics.actorPanics, actor, "_x6 1x10"), up], at: "6m", labels: meeting, value: "1" }),
      quiet("an old panic is over", { input: [series(metrics.actorPanics, actor, "3x30"), up], until: "30m" }),
      quiet("Prometheus itself is new, the panic is not", {
        input: [series(metrics.actorPanics, actor, "_x3 3x30"), series(platform.up, { job: workload.job, instance }, "_x3 1x30")],
        until: "30m",
      }),
      quiet("no actor has ever panicked", { input: [], until: "20m" }),
    ],
  }),
  messagesDropped: alert("MCMessagesDropped", {
    panel: panels.messagesDropped,
    when: { above: 0.1 },
    for: "5m",
    severity: "warning",
    summary: '{{ $labels.actor_type }} drops {{ printf "%.2f" $value }} messages/s',
    impact: "Participants miss what was in these messages.",
    runbook: scenarios["scenario-3-messages-dropped"],
    examples: [
      fires({ input: [series(metrics.messagesDropped, meeting, "0+60x20")], at: "6m", labels: meeting, value: "1.00" }),
      quiet("a burst of five is over within the window", {
        input: [series(metrics.messagesDropped, meeting, "0x5 5x30")],
        until: "30m",
      }),
    ],
  }),
  slowMessageProcessing: alert("MCSlowMessageProcessing", {
    panel: panels.messageProcessing,
    when: { above: slos.messageProcessing.thresholdSeconds },
    for: "5m",
    while: promql`sum by (actor_type) (rate(${metrics.messageProcessing.count}[$__rate_interval])) > 0.1`,
    severity: "warning",
    summary: "{{ $labels.actor_type }} takes {{ $value | humanizeDuration }} (p95) for a message",
    impact: "Participants notice delays; the meeting-join journey misses its budget.",
    runbook: scenarios["scenario-4-slow-message-processing"],
    examples: [
      fires({
        input: observations(metrics.messageProcessing, meeting, { items: [{ atMost: 1, perMinute: 60 }], over: "20m" }),
        at: "6m",
        labels: meeting,
        value: "975ms",
      }),
      quiet("it is fast", {
        input: observations(metrics.messageProcessing, meeting, { items: [{ atMost: 0.25, perMinute: 60 }], over: "20m" }),
        until: "20m",
      }),
      quiet("a single slow message is no trend", {
        input: observations(metrics.messageProcessing, meeting, { items: [{ atMost: 1, perMinute: 1 }], over: "20m" }),
        until: "20m",
      }),
    ],
  }),
};
