import type { Alert } from "../model/alert";
import { indexOf, type Model } from "../model/model";
import type { Receivers } from "../model/receiver";
import { renderAlert } from "../render/alert";
import type { AlertMatcher } from "../model/inhibit-rule";
import { renderInhibitions } from "../render/inhibitions";
import type { ResolvedEnvironment } from "../render/environment";

/** That one alert silences another while it fires, where these labels of both are equal. */
export interface Silencing {
  readonly by: Alert;
  readonly silenced: Alert;
  readonly equal: readonly string[];
}

type LabelSet = Readonly<Record<string, string>>;

/** Which alerts silence which, read from the inhibitions as they are deployed. */
export function silencingsOf(model: Model, receivers: Receivers, environment: ResolvedEnvironment): readonly Silencing[] {
  const index = indexOf(model);
  const all = model.services.flatMap((service) =>
    service.alerts.map((alert) => {
      const { labels } = renderAlert(alert, service, index, environment);
      return { alert, labels: { ...labels, alertname: alert.name } };
    }),
  );
  const byName = new Map(all.map((each) => [each.alert.name, each]));
  const matching = (matchers: readonly AlertMatcher[]): typeof all => {
    const name = matchers.find((matcher) => matcher.name === "alertname");
    const candidates = name ? name.value.split("|").flatMap((value) => byName.get(value) ?? []) : all;
    return candidates.filter(({ labels }) => matchers.every((matcher) => matches(labels, matcher)));
  };
  return renderInhibitions(model, receivers).flatMap(({ sourceMatch, targetMatch, equal }) => {
    const targets = matching(targetMatch);
    return matching(sourceMatch).flatMap((source) =>
      targets
        .filter((target) => equal.every((label) => canBeEqual(source.labels, target.labels, label)))
        .map((target) => ({
          by: source.alert,
          silenced: target.alert,
          equal: equal.filter((label) => !(label in source.labels)),
        })),
    );
  });
}

function matches(labels: LabelSet, { name, matchType, value }: AlertMatcher): boolean {
  const actual = labels[name] ?? "";
  return matchType === "=" ? actual === value : value.split("|").includes(actual);
}

/** A label that a rule sets is known; of one that a series brings, nobody knows before the alert fires. */
function canBeEqual(source: LabelSet, target: LabelSet, label: string): boolean {
  return !(label in source) || !(label in target) || source[label] === target[label];
}
