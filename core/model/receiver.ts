import { severities, type Alert, type Severity } from "./alert";

/** A key of a Kubernetes Secret; what is in it never passes through this program. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** An address that is sent Alertmanager's own JSON. */
export interface Webhook {
  readonly type: "webhook";
  readonly url: SecretKey;
}

/** Where notifications go. */
export type Receiver =
  | { readonly type: "pagerduty"; readonly routingKey: SecretKey }
  | { readonly type: "slack"; readonly url: SecretKey; readonly channel: string }
  | Webhook;

/** The receivers of an environment, by severity; see {@link toldAs} for a severity without one. */
export type Receivers = Readonly<Partial<Record<Severity, Receiver>>> & {
  /** Who is sent the alert of severity `none` that is named …Watchdog, once a minute, and raises the alarm when it stays away. */
  readonly watchdog?: Webhook;
};

/**
 * The severity whose receiver is told of alerts of this one: its own, or the next lower one that has a receiver,
 * because a page is at least a warning. Nobody is woken by a mere warning: never a higher one.
 */
export function toldAs(severity: Alert["severity"], receivers: Receivers): Severity | undefined {
  return severity === "none"
    ? undefined
    : severities.slice(severities.indexOf(severity)).find((lower) => receivers[lower] !== undefined);
}

/** Whether this program decides who is told. Without receivers, somebody else does. */
export function isRouted(receivers: Receivers): boolean {
  return severities.some((severity) => receivers[severity] !== undefined);
}

/** The keys of Secrets that the receivers name. */
export function secretsOf(receivers: Receivers): readonly SecretKey[] {
  return [...severities, "watchdog" as const].flatMap((name) => {
    const receiver = receivers[name];
    if (receiver === undefined) return [];
    return [receiver.type === "pagerduty" ? receiver.routingKey : receiver.url];
  });
}
