import { stringify } from "yaml";
import { severities, type Alert, type Severity } from "../model/alert";
import { toSeconds, type Duration } from "../model/duration";
import { toldAs, type Receiver, type Receivers } from "../model/receiver";
import { operatorReceiver, plainReceiver } from "./alertmanager-receiver";
import type { AlertMatcher, InhibitRule } from "../model/inhibit-rule";

/** What an Alertmanager is told: what silences what, and who hears of the rest. */
export interface Alerting {
  readonly inhibitions: readonly InhibitRule[];
  readonly receivers: Receivers;
  /** What every alert of this installation carries beside `namespace`, where another one shares the Alertmanager. Nothing when left out. */
  readonly alertLabels?: Readonly<Record<string, string>>;
}

/** Alerts that one notification may tell of. */
function groupByOf({ alertLabels = {} }: Pick<Alerting, "alertLabels">): readonly string[] {
  return ["alertname", "service", "namespace", ...Object.keys(alertLabels)];
}

/** Whoever has no receiver is told nothing here. */
const nobody = "nobody";

interface Route {
  readonly receiver: string;
  readonly matchers: readonly AlertMatcher[];
  readonly timing: Timing;
}

/** Until the first notification of a group; until more of it is told, or that it ended; until the same is told again. */
interface Timing {
  readonly wait: Duration;
  readonly interval: Duration;
  readonly repeat: Duration;
}

/**
 * Within `wait` the upstream arrives, so that what it explains is not told: its `for` is no longer than theirs, so it is at
 * most one evaluation late, 30 s by the operator's default, and takes a moment to be sent.
 */
const timings: Readonly<Record<Severity, Timing>> = {
  page: { wait: "45s", interval: "2m", repeat: "1h" },
  warning: { wait: "1m", interval: "5m", repeat: "12h" },
  info: { wait: "1m", interval: "15m", repeat: "24h" },
};

/** How long Alertmanager waits, in seconds, before it first tells of an alert: what is inhibited then is not told. */
export function groupWaitSeconds(severity: Severity): number {
  return toSeconds(timings[severity].wait);
}

/** Told at every second look, once a minute: a repetition as long as the interval would now and then miss one. */
const watchdogTiming: Timing = { wait: "0s", interval: "30s", repeat: "50s" };

/** A cluster may have other alerts of that severity, kube-prometheus' InfoInhibitor for one, which say nothing of life. */
const watchdogMatchers = [ofSeverity("none"), { name: "alertname", matchType: "=~", value: ".+Watchdog" }] as const;

/** The spec of the AlertmanagerConfig that holds the inhibitions: it names no Secret, so that none can be missing. */
export function renderInhibitionConfig({ inhibitions }: Pick<Alerting, "inhibitions">): Readonly<Record<string, unknown>> {
  return { inhibitRules: inhibitions };
}

/**
 * The spec of the AlertmanagerConfig that says who is told; nothing without receivers: routing is then somebody else's. It
 * looks only at alerts of its own namespace, however the operator's matcher strategy is set.
 */
export function renderRoutingConfig(
  { receivers, alertLabels = {} }: Pick<Alerting, "receivers" | "alertLabels">,
  namespace: string,
): Readonly<Record<string, unknown>> | undefined {
  const named = namedReceivers(receivers);
  if (named.length === 0) return undefined;
  return {
    route: {
      receiver: nobody,
      matchers: ofInstallation(namespace, alertLabels),
      groupBy: groupByOf({ alertLabels }),
      routes: routesOf(receivers).map(({ receiver, matchers, timing }) => ({
        receiver,
        matchers,
        groupWait: timing.wait,
        groupInterval: timing.interval,
        repeatInterval: timing.repeat,
      })),
    },
    receivers: [{ name: nobody }, ...named.map(([name, receiver]) => ({ name, ...operatorReceiver(receiver, isTold(name)) }))],
  };
}

/** A whole alertmanager.yaml, for an Alertmanager that no operator looks after. It reads secrets from mounted files. */
export function renderAlertmanagerYaml({ inhibitions, receivers, alertLabels = {} }: Alerting): string {
  return stringify({
    route: { receiver: nobody, group_by: groupByOf({ alertLabels }), routes: plainRoutes(receivers, plainName) },
    receivers: plainReceivers(receivers, plainName),
    inhibit_rules: plainInhibitions(inhibitions),
  });
}

/**
 * What to add to an alertmanager.yaml that is somebody else's: an element of `route.routes`, to stand before whatever takes
 * alerts of every namespace, and elements of `receivers` and `inhibit_rules`. The names of the receivers begin with the prefix.
 */
export function renderAlertmanagerFragment(alerting: Alerting, namespace: string, prefix: string): string {
  const { inhibitions, receivers, alertLabels = {} } = alerting;
  const nameOf = (name: string): string => `${prefix}${name}`;
  const isRouted = namedReceivers(receivers).length > 0;
  const route = {
    receiver: nameOf(nobody),
    matchers: ofInstallation(namespace, alertLabels).map(renderMatcher),
    group_by: groupByOf({ alertLabels }),
    routes: plainRoutes(receivers, nameOf),
  };
  return stringify({
    ...(isRouted && { route: { routes: [route] }, receivers: plainReceivers(receivers, nameOf) }),
    inhibit_rules: plainInhibitions(inhibitions),
  });
}

type NameOf = (receiver: string) => string;

const plainName: NameOf = (receiver) => receiver;

function plainRoutes(receivers: Receivers, nameOf: NameOf) {
  return routesOf(receivers).map(({ receiver, matchers, timing }) => ({
    receiver: nameOf(receiver),
    matchers: matchers.map(renderMatcher),
    group_wait: timing.wait,
    group_interval: timing.interval,
    repeat_interval: timing.repeat,
  }));
}

function plainReceivers(receivers: Receivers, nameOf: NameOf) {
  return [
    { name: nameOf(nobody) },
    ...namedReceivers(receivers).map(([name, receiver]) => ({
      name: nameOf(name),
      ...plainReceiver(receiver, isTold(name)),
    })),
  ];
}

function plainInhibitions(inhibitions: readonly InhibitRule[]) {
  return inhibitions.map(({ sourceMatch, targetMatch, equal }) => ({
    source_matchers: sourceMatch.map(renderMatcher),
    target_matchers: targetMatch.map(renderMatcher),
    equal,
  }));
}

function routesOf(receivers: Receivers): readonly Route[] {
  return [
    ...(receivers.watchdog ? [{ receiver: "watchdog", matchers: watchdogMatchers, timing: watchdogTiming }] : []),
    ...severities.flatMap((severity) => {
      const receiver = toldAs(severity, receivers);
      return receiver === undefined ? [] : [{ receiver, matchers: [ofSeverity(severity)], timing: timings[severity] }];
    }),
  ];
}

function namedReceivers(receivers: Receivers): readonly (readonly [name: string, receiver: Receiver])[] {
  return [...severities, "watchdog" as const].flatMap((name) => {
    const receiver = receivers[name];
    return receiver === undefined ? [] : [[name, receiver] as const];
  });
}

/** The alerts of one installation: of its objects' namespace, and with what else tells them. */
function ofInstallation(namespace: string, alertLabels: Readonly<Record<string, string>>): readonly AlertMatcher[] {
  return Object.entries({ namespace, ...alertLabels }).map(([name, value]) => ({ name, matchType: "=", value }));
}

function ofSeverity(value: Alert["severity"]): AlertMatcher {
  return { name: "severity", matchType: "=", value };
}

/** People are told that something ended. A watchdog would take it for a sign of life. */
function isTold(receiver: string): boolean {
  return receiver !== "watchdog";
}

function renderMatcher({ name, matchType, value }: AlertMatcher): string {
  return `${name}${matchType}${JSON.stringify(value)}`;
}
