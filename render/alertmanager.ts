import { stringify } from "yaml";
import type { AlertMatcher, InhibitRule } from "./inhibitions";

/** The spec of an AlertmanagerConfig with inhibitions only: routes and receivers belong to whoever is on call. */
export function renderAlertmanagerConfig(rules: readonly InhibitRule[]): { readonly inhibitRules: readonly InhibitRule[] } {
  return { inhibitRules: rules };
}

/** A whole alertmanager.yaml, for an Alertmanager that no operator looks after. */
export function renderAlertmanagerYaml(rules: readonly InhibitRule[]): string {
  return stringify({
    route: { receiver: "default", group_by: ["alertname", "service", "namespace"] },
    receivers: [{ name: "default" }],
    inhibit_rules: rules.map(({ sourceMatch, targetMatch, equal }) => ({
      source_matchers: sourceMatch.map(renderMatcher),
      target_matchers: targetMatch.map(renderMatcher),
      equal,
    })),
  });
}

function renderMatcher({ name, matchType, value }: AlertMatcher): string {
  return `${name}${matchType}${JSON.stringify(value)}`;
}
