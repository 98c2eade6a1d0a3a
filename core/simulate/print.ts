import type { Expectation, Telling } from "../model/expectation";
import type { Notification } from "./notifications";
import type { Played } from "./run";
import { suggestedEntries } from "./suggested-entry";
import type { AlertSpan } from "./timeline";

/** A played situation as a person reads it: what fired when, who heard of it, and what was not as expected. */
export function printPlayed({ name, situation, notifications, timeline, complaints }: Played): string {
  const waited = timeline.pending.filter((span) => !timeline.firing.some(({ labels }) => keyOf(labels) === keyOf(span.labels)));
  return [
    `${complaints.length === 0 ? "ok  " : "BAD "} ${name}: ${situation.title}`,
    `     must happen: ${describeExpectation(situation.expect)}`,
    ...(notifications.length === 0 ? ["     nothing fires"] : notifications.map(printNotification)),
    ...waited.map((span) => `     ${clock(span.from)}          waits      ${alertText(span)}, until ${clock(span.until)}`),
    ...complaints.map((complaint) => `     not as expected: ${complaint}`),
  ].join("\n");
}

/** How many are as expected, and what to write where a service expects something else. */
export function printSummary(all: readonly Played[]): string {
  const bad = all.filter(({ complaints }) => complaints.length > 0);
  const names = bad.map(({ name, complaints }) => `  ${name}: ${complaints.join("; ")}`);
  const entries = suggestedEntries(all).map((entry) => `\n${entry}`);
  return [`${all.length} situations, ${bad.length} not as expected.`, ...names, ...entries].join("\n");
}

/** An expectation in words. */
export function describeExpectation(expected: Expectation): string {
  switch (expected.type) {
    case "anything":
      return "what the gates say";
    case "nothing":
      return ["nothing fires", ...(expected.butMay ?? []).map((name) => `but ${name} may`)].join(", ");
    case "page":
      return `one page of the service within ${expected.within}, and nobody else's`;
    case "warning":
      return `at least a warning of the service within ${expected.within}, and it does not flap`;
    case "told":
      return [
        expected.pages.length === 0 ? "no page" : `pages: ${expected.pages.map(describeTelling).join(", then ")}`,
        ...expected.warnings.map((telling) => `also ${describeTelling(telling)}`),
        ...(expected.inhibited?.length ? [`inhibited: ${expected.inhibited.join(", ")}`] : []),
        ...(expected.overBy === undefined ? [] : [`over by ${expected.overBy}`]),
      ].join("; ");
  }
}

function describeTelling({ anyOf, within, notBefore }: Telling): string {
  return `${anyOf.join(" or ")} within ${within}${notBefore === undefined ? "" : `, not before ${notBefore}`}`;
}

function printNotification({ alert, toldAt }: Notification): string {
  const severity = alert.labels["severity"] ?? "";
  const heard = toldAt === undefined ? "inhibited" : severity;
  return `     ${clock(alert.from)} – ${clock(alert.until)}  ${heard.padEnd(9)}  ${alertText(alert)}`;
}

/** Labels that every alert has, or that follow from its name. */
const implied = ["alertname", "severity", "service", "namespace", "slo", "burn_rate"];

/** An alert by its name and what tells it from others of that name. */
export function alertText({ labels }: Pick<AlertSpan, "labels">): string {
  const own = Object.entries(labels).filter(([label]) => !implied.includes(label));
  return [labels["alertname"], ...own.map(([label, value]) => `${label}=${value}`)].join(" ");
}

function keyOf(labels: AlertSpan["labels"]): string {
  return JSON.stringify(Object.entries(labels).sort());
}

/** A second of a situation, as minutes and seconds. */
export function clock(second: number): string {
  if (second === Infinity) return "the end";
  return `${String(Math.floor(second / 60)).padStart(4)}:${String(second % 60).padStart(2, "0")}`;
}
