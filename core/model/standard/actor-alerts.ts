import type { Alert, Severity } from "../alert";
import { alert } from "../declared-alert";
import { fires, quiet, series, type Example, type InputSeries } from "../example";
import type { Expectation } from "../expectation";
import type { Accepts } from "../finding";
import { partRow, type Part } from "../part";
import type { RunbookSection } from "../runbook";
import { thresholds } from "../thresholds";
import { examplePod, type Workload } from "../workload";
import { actorMetrics, actorPanels, actorRow, type ActorMetrics, type ActorPanels } from "./actors";
import { platform } from "./platform";

interface Told {
  readonly impact: string;
  readonly accepts?: Accepts;
}

/** From which numbers on the alerts on actors tell, what it means for users, and where they lead. */
export interface ActorAlerts {
  /** Messages in the fullest mailbox of a type: a warning where they stay so many for 2 minutes, a page at once. */
  readonly mailboxes: {
    readonly runbook: RunbookSection;
    readonly warning: Told & { readonly above: number };
    readonly page: Told & { readonly above: number };
  };
  /** Any panic. */
  readonly panics: Told & { readonly severity: Severity; readonly runbook: RunbookSection };
  /** Messages a second, for 5 minutes. */
  readonly drops: Told & { readonly above: number; readonly severity: Severity; readonly runbook: RunbookSection };
}

type ActorAlert = "highMailboxDepth" | "criticalMailboxDepth" | "actorPanic" | "messagesDropped";

/** The alerts that every service of actors has, always by their type, on the panels of `actorPanels`. */
export function actorAlerts(
  workload: Workload,
  metrics: ActorMetrics,
  panels: ActorPanels,
  { mailboxes, panics, drops }: ActorAlerts,
): Readonly<Record<ActorAlert, Alert>> {
  const { name } = workload;
  const mailbox = thresholds(panels.mailboxDepth, mailboxes.runbook, {
    summary: "{actor_type} mailboxes hold {value} messages",
    warning: {
      name: `${name}HighMailboxDepth`,
      for: "2m",
      ...mailboxes.warning,
      examples: highExamples(metrics, mailboxes.warning.above),
    },
    page: {
      name: `${name}CriticalMailboxDepth`,
      for: "0m",
      keepFiringFor: "6m",
      ...mailboxes.page,
      examples: criticalExamples(metrics, mailboxes.page.above),
    },
  });
  return {
    highMailboxDepth: mailbox.warning,
    criticalMailboxDepth: mailbox.page,
    actorPanic: alert(`${name}ActorPanic`, {
      panel: panels.actorPanics,
      above: 0,
      for: "0m",
      keepFiringFor: "3m", // a process that dies of it is not scraped for a moment
      summary: "{actor_type} panicked",
      ...panics,
      examples: panicExamples(workload, metrics),
    }),
    messagesDropped: alert(`${name}MessagesDropped`, {
      panel: panels.messagesDropped,
      summary: "{actor_type} mailboxes drop messages: {value}",
      ...drops,
      examples: [
        quiet("a burst is over within the window", {
          input: [series(metrics.messagesDropped, typeIn(metrics), `0x5 ${Math.ceil(50 * drops.above)}x30`)],
          until: "30m",
        }),
      ],
    }),
  };
}

/** The actors of a service, of the types that it has, as a part of it: their metrics, the row Actors, and their alerts. */
export function actorPart(
  service: string,
  workload: Workload,
  { types, ...told }: ActorAlerts & { readonly types: readonly [string, ...string[]] },
): Part<ActorAlert> & { readonly panels: ActorPanels } {
  const metrics = actorMetrics(service, types);
  const panels = actorPanels(workload, metrics);
  return {
    metrics: { ...metrics },
    panels,
    rows: [partRow("Actors", "behind", actorRow(panels))],
    alerts: actorAlerts(workload, metrics, panels, told),
    background: [],
    situations: { "first-error": { expect: firstPanic(workload, told), because: "Any panic of an actor loses what it held." } },
  };
}

/** Of whatever is counted for the first time, a panic is one. */
function firstPanic({ name }: Workload, { panics: { severity } }: ActorAlerts): Expectation {
  const told = [{ anyOf: [`${name}ActorPanic`], within: "2m" }] as const;
  return severity === "info"
    ? { type: "nothing" }
    : { type: "told", pages: severity === "page" ? told : [], warnings: severity === "warning" ? told : [] };
}

function typeIn({ mailboxDepth }: ActorMetrics): { readonly actor_type: string } {
  return { actor_type: mailboxDepth.labels.actor_type[0] ?? "Actor" };
}

function highExamples(metrics: ActorMetrics, above: number): readonly Example[] {
  const labels = typeIn(metrics);
  const depth = (values: string): readonly InputSeries[] => [series(metrics.mailboxDepth, labels, values)];
  return [
    fires({ input: depth(`0x4 ${above + 1}x20`), at: "9m", labels, value: above + 1 }),
    quiet("the threshold itself is allowed", { input: depth(`${above}x20`), until: "20m" }),
    quiet("no instance has reported yet", { input: [], until: "20m" }),
  ];
}

function criticalExamples(metrics: ActorMetrics, above: number): readonly Example[] {
  const labels = typeIn(metrics);
  const depth = (values: string): readonly InputSeries[] => [series(metrics.mailboxDepth, labels, values)];
  const [over, under] = [2 * above + 1, above / 2];
  return [
    fires({ input: depth(`0x4 ${above + 1}x20`), at: "7m", labels, value: above + 1 }),
    fires({ input: depth(`0x4 ${over}${` ${under} ${over}`.repeat(5)}`), at: "9m", labels, value: over }),
    quiet("it lasts for a minute", { input: depth(`0x4 ${12 * above} ${12 * above} 0x20`), until: "20m" }),
  ];
}

function panicExamples(workload: Workload, metrics: ActorMetrics): readonly Example[] {
  const { job } = workload;
  const labels = typeIn(metrics);
  const [old, fresh] = ["a", "b"].map((suffix) => ({ job, instance: `${examplePod(workload)}-${suffix}:http` }));
  const of = (target = old) => ({
    panics: (values: string): InputSeries => series(metrics.actorPanics, { ...labels, ...target }, values),
    up: (values: string): InputSeries => series(platform.up, { job, instance: "", ...target }, values),
  });
  const { panics, up } = of();
  const replacement = of(fresh);
  const one = { labels, value: 1 };
  return [
    fires({ input: [panics("0x15 1x10"), up("1x60")], at: "16m", ...one }),
    fires({ input: [panics("_x16 1x10"), up("1x60")], at: "16m", ...one }),
    quiet("an old panic is over", { input: [panics("3x30"), up("1x60")], until: "30m" }),
    quiet("Prometheus itself is new, the panic is not", { input: [panics("_x3 3x30"), up("_x3 1x30")], until: "30m" }),
    fires({
      input: [replacement.panics("_x16 1x10"), up("1x60"), replacement.up("_x16 1x30")],
      at: "16m",
      resolvedBy: "25m",
      ...one,
    }),
    fires({ input: [panics("3x10 stale 0 1x10"), up("1x60")], at: "13m", ...one }),
    quiet("one scrape failed, and the panics are old", { input: [panics("3x20 stale 3x20"), up("1x20 0 1x20")], until: "40m" }),
    quiet("it was not scraped for longer than an hour, and the panics are old", {
      input: [panics("3x10 stale _x75 3x20"), up("1x10 0x76 1x20"), replacement.up("1x110")],
      until: "106m",
    }),
    quiet("no actor has ever panicked", { input: [], until: "20m" }),
  ];
}
