import type { Alert } from "../../model/alert";
import { isRouted, toldAs, type Receiver } from "../../model/receiver";
import type { Content } from "../content";

/** Who is told of an alert in this stack, in words. Keys of Secrets have names; what is in them is not known here. */
export function describeReceiver(alert: Alert, { receivers, stack }: Content): string {
  if (!isRouted(receivers)) return `Somebody else decides: the stack ${stack} has no receivers.`;
  if (alert.severity === "none")
    return receivers.watchdog
      ? "The watchdog's webhook, once a minute; it raises the alarm when that stays away."
      : "Nobody: there is no watchdog.";
  const told = toldAs(alert.severity, receivers);
  const receiver = told && receivers[told];
  if (!receiver) return `Nobody in the stack ${stack}: there is no receiver for ${alert.severity} or lower.`;
  return `${describe(receiver)}${told === alert.severity ? "" : `, as ${told}: there is none for ${alert.severity}`}`;
}

function describe(receiver: Receiver): string {
  switch (receiver.type) {
    case "pagerduty":
      return "PagerDuty";
    case "slack":
      return `Slack, ${receiver.channel}`;
    case "webhook":
      return "A webhook";
  }
}
