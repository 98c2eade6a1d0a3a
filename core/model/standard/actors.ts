import { expression, increaseBy, maxBy, rateBy, type Expression } from "../measure";
import { counter, gauge, type Counter, type Gauge } from "../metric";
import { panel, type Panel } from "../panel";
import { promql } from "../query";
import type { Workload } from "../workload";

/** What a service that is built of actors exports of them. Which type misbehaves is the first thing to know about a fault. */
export interface ActorMetrics<T extends readonly string[] = readonly string[]> {
  readonly mailboxDepth: Gauge<{ readonly actor_type: T }>;
  readonly actorPanics: Counter<{ readonly actor_type: T }>;
  readonly messagesDropped: Counter<{ readonly actor_type: T }>;
}

/** The metrics of a service's actors, of the types that it has: `mh_actor_mailbox_depth` and so on. */
export function actorMetrics<const T extends readonly string[]>(service: string, types: T): ActorMetrics<T> {
  const byType = { labels: { actor_type: types }, requiredGrouping: "actor_type" } as const;
  return {
    mailboxDepth: gauge(`${service}_actor_mailbox_depth`, {
      unit: "messages",
      help: "Messages waiting in the mailboxes of an actor type.",
      ...byType,
    }),
    actorPanics: counter(`${service}_actor_panics_total`, { help: "Actors that died of a panic.", ...byType }),
    messagesDropped: counter(`${service}_messages_dropped_total`, {
      unit: "messages",
      help: "Messages dropped because a mailbox was full.",
      ...byType,
    }),
  };
}

/** A panel by the type of actor. */
type ByType = Panel<"it", "actor_type">;

/** The panels of a service's actors. */
export interface ActorPanels {
  readonly mailboxDepth: ByType;
  readonly mailboxNow: ByType;
  readonly messagesDropped: ByType;
  readonly actorPanics: ByType;
}

/** The panels that every service of actors has: do their mailboxes fill, drop messages, do they panic? */
export function actorPanels({ job }: Workload, { mailboxDepth, messagesDropped, actorPanics }: ActorMetrics): ActorPanels {
  const mostOfTheTime: Expression<"actor_type"> = {
    ...expression(promql`max by (actor_type) (quantile_over_time(0.5, ${mailboxDepth}[5m]))`, "short", "{{actor_type}}"),
    by: ["actor_type"],
  };
  return {
    mailboxDepth: panel("mailbox-depth", {
      title: "Mailbox depth by actor type",
      description:
        "Messages waiting in the fullest mailbox of each actor type, for more than half of the last 5 minutes: at a stretch, or in a sawtooth that is never so long above a line.",
      of: mostOfTheTime,
    }),
    mailboxNow: panel("mailbox-now", {
      title: "Mailbox depth at the moment",
      description: "Messages waiting in the fullest mailbox of each actor type, at each scrape: bursts show here first.",
      of: maxBy(mailboxDepth, ["actor_type"]),
    }),
    messagesDropped: panel("messages-dropped", {
      title: "Messages dropped by actor type",
      description: "Messages that were lost because a mailbox was full.",
      of: rateBy(messagesDropped, ["actor_type"]),
    }),
    actorPanics: panel("actor-panics", {
      title: "Actor panics by actor type",
      description: "Actors that died of a panic within the last 5 minutes.",
      of: increaseBy(actorPanics, ["actor_type"], { within: "5m", job }),
    }),
  };
}

/** The row in which one sees whether a service's actors are well. */
export function actorRow({ mailboxDepth, mailboxNow, messagesDropped, actorPanics }: ActorPanels): readonly Panel[] {
  return [mailboxDepth, mailboxNow, messagesDropped, actorPanics];
}
