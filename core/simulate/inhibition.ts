import type { AlertMatcher, InhibitRule } from "../model/inhibit-rule";
import { matcherAccepts } from "../model/promql/regex";

type LabelSet = Readonly<Record<string, string>>;

/** Whether one of the firing alerts silences the alert, as Alertmanager decides it. */
export function isInhibited(alert: LabelSet, firing: readonly LabelSet[], rules: readonly InhibitRule[]): boolean {
  return rules.some((rule) => {
    if (!matches(alert, rule.targetMatch)) return false;
    // An alert that matches both sides is silenced by no alert that does so too: else each would silence the other.
    const isBoth = matches(alert, rule.sourceMatch);
    return firing.some(
      (source) =>
        matches(source, rule.sourceMatch) &&
        !(isBoth && matches(source, rule.targetMatch)) &&
        rule.equal.every((label) => (source[label] ?? "") === (alert[label] ?? "")),
    );
  });
}

/** Whether the alert can silence any other. */
export function canInhibit(alert: LabelSet, rules: readonly InhibitRule[]): boolean {
  return rules.some(({ sourceMatch }) => matches(alert, sourceMatch));
}

function matches(labels: LabelSet, matchers: readonly AlertMatcher[]): boolean {
  return matchers.every(({ name, matchType, value }) =>
    matcherAccepts({ label: name, op: matchType, value }, labels[name] ?? ""),
  );
}
