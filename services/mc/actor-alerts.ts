import { alert } from "../../core/model/declared-alert";
import { fires, quiet, series, type InputSeries } from "../../core/model/example";
import { platform } from "../../core/model/standard/platform";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { slos } from "./slos";
import { target, workload } from "./workload";

const scenarios = runbooks.mc.incidentResponse;
const meeting = { actor_type: "MeetingActor" } as const;
const actor = { ...meeting, ...target };
const replacement = { job: workload.job, instance: "mc-1:8081" };
const up = series(platform.up, target, "1x60");
const upOf = (values: string): InputSeries => series(platform.up, replacement, values);
const depth = (values: string): readonly InputSeries[] => [series(metrics.mailboxDepth, meeting, values)];
const panics = (values: string): InputSeries => series(metrics.actorPanics, actor, values);

/** What pages or warns about the actors, always by their type. */
export const actorAlerts = {
  highMailboxDepth: alert("MCHighMailboxDepth", {
    panel: panels.mailboxDepth,
    above: 100,
    for: "2m",
    severity: "warning",
    summary: "{actor_type} mailboxes hold {value} messages",
    impact: "Participants notice delays when the mailboxes go on filling.",
    runbook: scenarios["scenario-1-high-mailbox-depth"],
    examples: [
      fires({ input: depth("0x4 101x20"), at: "9m", labels: meeting, value: 101 }),
      quiet("the threshold itself is allowed", { input: depth("100x20"), until: "20m" }),
      quiet("no MC has reported yet", { input: [], until: "20m" }),
    ],
  }),
  criticalMailboxDepth: alert("MCCriticalMailboxDepth", {
    panel: panels.mailboxDepth,
    above: 500,
    for: "0m",
    keepFiringFor: "6m",
    severity: "page",
    summary: "{actor_type} mailboxes hold {value} messages",
    impact: "Participants see frozen meetings, and messages are about to be dropped.",
    runbook: scenarios["scenario-1-high-mailbox-depth"],
    examples: [
      fires({ input: depth("0x4 600x20"), at: "7m", labels: meeting, value: 600 }),
      fires({
        input: depth("0x4 900 300 900 300 900 300 900 300 900 300 900"),
        at: "9m",
        labels: meeting,
        value: 900,
      }),
      quiet("it lasts for a minute", { input: depth("0x4 6000 6000 0x20"), until: "20m" }),
    ],
  }),
  actorPanic: alert("MCActorPanic", {
    panel: panels.actorPanics,
    above: 0,
    for: "0m",
    keepFiringFor: "3m", // a process that dies of it is not scraped for a moment
    severity: "page",
    summary: "{actor_type} panicked",
    impact: "What the actor held (a meeting, a participant or a connection) is gone.",
    runbook: scenarios["scenario-2-actor-panics"],
    examples: [
      fires({ input: [panics("0x15 1x10"), up], at: "16m", labels: meeting, value: 1 }),
      fires({ input: [panics("_x16 1x10"), up], at: "16m", labels: meeting, value: 1 }),
      quiet("an old panic is over", { input: [panics("3x30"), up], until: "30m" }),
      quiet("Prometheus itself is new, the panic is not", {
        input: [panics("_x3 3x30"), series(platform.up, target, "_x3 1x30")],
        until: "30m",
      }),
      fires({
        input: [series(metrics.actorPanics, { ...meeting, ...replacement }, "_x16 1x10"), up, upOf("_x16 1x30")],
        at: "16m",
        labels: meeting,
        value: 1,
        resolvedBy: "25m",
      }),
      fires({
        input: [panics("3x10 stale 0 1x10"), up],
        at: "13m",
        labels: meeting,
        value: 1,
      }),
      quiet("one scrape failed, and the panics are old", {
        input: [panics("3x20 stale 3x20"), series(platform.up, target, "1x20 0 1x20")],
        until: "40m",
      }),
      quiet("it was not scraped for longer than an hour, and the panics are old", {
        input: [panics("3x10 stale _x75 3x20"), series(platform.up, target, "1x10 0x76 1x20"), upOf("1x110")],
        until: "106m",
      }),
      quiet("no actor has ever panicked", { input: [], until: "20m" }),
    ],
  }),
  messagesDropped: alert("MCMessagesDropped", {
    panel: panels.messagesDropped,
    above: 0.1,
    for: "5m",
    severity: "warning",
    summary: "{actor_type} mailboxes drop messages: {value}",
    impact: "Participants miss what was in these messages.",
    runbook: scenarios["scenario-3-messages-dropped"],
    examples: [
      quiet("a burst of five is over within the window", {
        input: [series(metrics.messagesDropped, meeting, "0x5 5x30")],
        until: "30m",
      }),
    ],
  }),
  slowMessageProcessing: alert("MCSlowMessageProcessing", {
    panel: panels.messageProcessing,
    objective: slos.messageProcessing,
    for: "5m",
    severity: "warning",
    summary: "{actor_type} takes {value} (p95) for a message",
  }),
};
