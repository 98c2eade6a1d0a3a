import type { Alert } from "../model/alert";
import type { AlertMatcher, InhibitRule } from "../model/inhibit-rule";
import { alertLabelsOf } from "../model/installation";
import type { Model } from "../model/model";
import { isRouted, toldAs, type Receivers } from "../model/receiver";
import { burnRates } from "../model/slo";

/** Whether somebody is told of alerts of a severity. */
type IsTold = (severity: Alert["severity"]) => boolean;

/**
 * The inhibitions of a model: its cascades, and within each objective the faster burn over the slower ones.
 * All of them compare `namespace`, which every alert carries, because the Prometheus operator adds a matcher on it; and
 * what tells the alerts of this installation from another's, where they carry that.
 * Where there are receivers, an alert that nobody is told of silences none: somebody would wait for a word that never comes.
 */
export function renderInhibitions(model: Model, receivers: Receivers = {}): readonly InhibitRule[] {
  const always = ["namespace", ...Object.keys(alertLabelsOf(model.installation))];
  const isTold: IsTold = (severity) => !isRouted(receivers) || toldAs(severity, receivers) !== undefined;
  const deployed = new Set(model.services.flatMap((service) => service.alerts.map(({ name }) => name)));
  const cascades = model.cascades
    .filter(({ hintOnly, upstream }) => !hintOnly && isTold(upstream.severity))
    .map(({ upstream, downstream, equal = [] }) => ({
      upstream: upstream.name,
      downstream: downstream.map(({ name }) => name),
      equal,
    }))
    .map((cascade) => ({ ...cascade, downstream: cascade.downstream.filter((name) => deployed.has(name)) }))
    .filter(({ upstream, downstream }) => deployed.has(upstream) && downstream.length > 0)
    .map(({ upstream, downstream, equal }) => rule(is("alertname", upstream), oneOf("alertname", downstream), equal));
  return [...cascades, ...burnInhibitions(model, isTold)].map((one) => ({
    ...one,
    equal: [...new Set([...always, ...one.equal])],
  }));
}

/** Labels by which objectives are kept are the same on both sides, or on neither: both alerts are of one objective. */
function burnInhibitions(model: Model, isTold: IsTold): readonly InhibitRule[] {
  const slos = model.services.flatMap((service) => service.slos);
  if (slos.length === 0) return [];
  const kept = [...new Set(slos.flatMap(({ by = [] }) => by))];
  const factors = burnRates.map(({ factor }) => String(factor));
  return burnRates
    .slice(0, -1)
    .flatMap(({ factor, severity }, index) =>
      isTold(severity)
        ? [rule(is("burn_rate", String(factor)), oneOf("burn_rate", factors.slice(index + 1)), ["slo", ...kept])]
        : [],
    );
}

function rule(source: AlertMatcher, target: AlertMatcher, equal: readonly string[]): InhibitRule {
  return { sourceMatch: [source], targetMatch: [target], equal };
}

function is(name: string, value: string): AlertMatcher {
  return { name, matchType: "=", value };
}

function oneOf(name: string, values: readonly string[]): AlertMatcher {
  return values.length === 1 ? is(name, values[0] ?? "") : { name, matchType: "=~", value: values.join("|") };
}
