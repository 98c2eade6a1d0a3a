import { problem, type Problem } from "../checks/check";
import { describeMatcher, type AlertRoute, type Alerting, type Inhibition } from "../model/alerting";
import type { Matcher } from "../model/promql-syntax";
import { didYouMean } from "../model/suggestion";
import type { Declared, Placed } from "./declared";
import type { LiveCheck } from "./live-check";
import { dataOr } from "./told";

/** What silences what, and who is told, is as it is declared. */
export const alertingAgrees: LiveCheck = {
  id: "alerting-agrees",
  description: "Alertmanager has every declared inhibition, route and receiver, and Prometheus sends its alerts somewhere.",
  severity: "error",
  run: (declared, { alertmanager, prometheus }) => {
    const running = dataOr(alertmanager?.alerting, undefined);
    const sendsTo = dataOr(prometheus?.alertmanagers, undefined);
    return [
      ...(alertmanager && sendsTo?.length === 0
        ? [
            problem(
              declared.subject,
              "Prometheus sends its alerts to no Alertmanager: nobody is told of any. Configure `alerting`.",
            ),
          ]
        : []),
      ...(running && declared.alerting ? differences(declared.alerting, running) : []),
    ];
  },
};

function differences(declared: NonNullable<Declared["alerting"]>, running: Alerting): readonly Problem[] {
  const receivers = running.receivers.map(({ name }) => name);
  return [
    ...declared.inhibitions
      .filter((inhibition) => !running.inhibitions.some((one) => isSameInhibition(inhibition, one)))
      .map((inhibition) => problem(inhibition.subject, missingInhibition(inhibition, running))),
    ...declared.receivers
      .filter(({ name }) => !receivers.some((one) => isSameReceiver(name, one)))
      .map(({ name, subject }) =>
        problem(subject, `Alertmanager has no receiver "${name}".${didYouMean(name, receivers)} Load its configuration anew.`),
      ),
    ...declared.routes.flatMap((route) => missingRoute(route, running)),
  ];
}

function missingInhibition(inhibition: Inhibition, running: Alerting): string {
  const near = running.inhibitions.find(
    ({ source, target }) => hasAll(inhibition.source, source) && hasAll(inhibition.target, target),
  );
  const has = near ? ` It has one with equal: ${near.equal.join(", ") || "nothing"}.` : "";
  return `Alertmanager has no inhibition by which ${written(inhibition.source)} silences ${written(inhibition.target)} where ${inhibition.equal.join(", ") || "nothing"} is equal.${has} Load its configuration anew.`;
}

function missingRoute(route: AlertRoute & Placed, running: Alerting): readonly Problem[] {
  const alike = running.routes.filter(({ matchers }) => hasAll(route.matchers, matchers));
  if (alike.some(({ receiver }) => isSameReceiver(route.receiver, receiver))) return [];
  const [other] = alike;
  const instead = other ? `they go to "${other.receiver}"` : "no route has these matchers";
  const which = route.matchers.length === 0 ? "that no other route takes" : `with ${written(route.matchers)}`;
  return [
    problem(
      route.subject,
      `alerts ${which} are to go to "${route.receiver}", and in Alertmanager ${instead}. Load its configuration anew.`,
    ),
  ];
}

function isSameInhibition(declared: Inhibition, running: Inhibition): boolean {
  return (
    hasAll(declared.source, running.source) &&
    hasAll(declared.target, running.target) &&
    [...declared.equal].sort().join() === [...running.equal].sort().join()
  );
}

/** The same matchers, perhaps with one on the namespace, which the Prometheus operator adds. */
function hasAll(declared: readonly Matcher[], running: readonly Matcher[]): boolean {
  const wanted = declared.map(plain);
  const found = running.map(plain);
  return (
    wanted.every((key) => found.includes(key)) &&
    running.every((matcher) => wanted.includes(plain(matcher)) || (matcher.label === "namespace" && matcher.op === "="))
  );
}

/** `=~"A|B"` is the same as `=~"B|A"`, and `=~"A"` as `="A"`. */
function plain({ label, op, value }: Matcher): string {
  if (op === "=" || op === "!=" || !/^[\w.:/-]+(\|[\w.:/-]+)*$/.test(value)) return describeMatcher({ label, op, value });
  const values = value.split("|").sort();
  return describeMatcher({ label, op: values.length === 1 ? (op === "=~" ? "=" : "!=") : op, value: values.join("|") });
}

/** The operator puts the object's name before a receiver's, and so does who adds a fragment. */
function isSameReceiver(declared: string, running: string): boolean {
  return declared === running || running.endsWith(`/${declared}`) || running.endsWith(`-${declared}`);
}

function written(matchers: readonly Matcher[]): string {
  return `{${matchers.map(describeMatcher).join(", ")}}`;
}
