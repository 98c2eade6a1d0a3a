import { stringify } from "yaml";
import type { Receiver, Receivers, SecretKey } from "../model/receiver";
import type { AlertMatcher, InhibitRule } from "./inhibitions";

/** Alertmanager's own texts leave the annotations out: whoever is told would not get to the runbook. */
const headline =
  '{{ if eq .Status "resolved" }}Resolved: {{ end }}{{ .CommonLabels.alertname }}: {{ (index .Alerts 0).Annotations.summary }}';

const chatText = [
  "{{ range .Alerts }}{{ .Annotations.summary }}",
  "{{ .Annotations.impact }}",
  "Runbook: {{ .Annotations.runbook_url }}",
  "Dashboard: {{ .Annotations.dashboard_url }}",
  "{{ end }}",
].join("\n");

const pagerDetails = {
  impact: "{{ (index .Alerts 0).Annotations.impact }}",
  runbook: "{{ (index .Alerts 0).Annotations.runbook_url }}",
  dashboard: "{{ (index .Alerts 0).Annotations.dashboard_url }}",
  firing: "{{ .Alerts.Firing | len }}",
};

/** What an Alertmanager is told: what silences what, and who hears of the rest. */
export interface Alerting {
  readonly inhibitions: readonly InhibitRule[];
  readonly receivers: Receivers;
}

/** Alerts that one notification may tell of. */
const groupBy: readonly string[] = ["alertname", "service", "namespace"];

/** Whoever has no receiver is told nothing here. */
const nobody = "nobody";

/** The spec of an AlertmanagerConfig. Without receivers it has inhibitions only: routing is then somebody else's. */
export function renderAlertmanagerConfig({ inhibitions, receivers }: Alerting): Readonly<Record<string, unknown>> {
  const routed = Object.entries(receivers);
  if (routed.length === 0) return { inhibitRules: inhibitions };
  return {
    route: {
      receiver: nobody,
      groupBy,
      routes: routed.map(([severity]) => ({
        receiver: severity,
        matchers: [{ name: "severity", matchType: "=", value: severity }],
      })),
    },
    receivers: [{ name: nobody }, ...routed.map(([severity, receiver]) => ({ name: severity, ...operatorReceiver(receiver) }))],
    inhibitRules: inhibitions,
  };
}

/** A whole alertmanager.yaml, for an Alertmanager that no operator looks after. It reads secrets from mounted files. */
export function renderAlertmanagerYaml({ inhibitions, receivers }: Alerting): string {
  const routed = Object.entries(receivers);
  return stringify({
    route: {
      receiver: nobody,
      group_by: groupBy,
      routes: routed.map(([severity]) => ({ receiver: severity, matchers: [`severity="${severity}"`] })),
    },
    receivers: [{ name: nobody }, ...routed.map(([severity, receiver]) => ({ name: severity, ...plainReceiver(receiver) }))],
    inhibit_rules: inhibitions.map(({ sourceMatch, targetMatch, equal }) => ({
      source_matchers: sourceMatch.map(renderMatcher),
      target_matchers: targetMatch.map(renderMatcher),
      equal,
    })),
  });
}

function operatorReceiver(receiver: Receiver): Readonly<Record<string, unknown>> {
  switch (receiver.type) {
    case "pagerduty":
      return {
        pagerdutyConfigs: [
          {
            routingKey: receiver.routingKey,
            description: headline,
            details: Object.entries(pagerDetails).map(([key, value]) => ({ key, value })),
          },
        ],
      };
    case "slack":
      return { slackConfigs: [{ apiURL: receiver.url, channel: receiver.channel, title: headline, text: chatText }] };
    case "webhook":
      return { webhookConfigs: [{ urlSecret: receiver.url }] };
  }
}

function plainReceiver(receiver: Receiver): Readonly<Record<string, unknown>> {
  switch (receiver.type) {
    case "pagerduty":
      return {
        pagerduty_configs: [{ routing_key_file: mounted(receiver.routingKey), description: headline, details: pagerDetails }],
      };
    case "slack":
      return {
        slack_configs: [{ api_url_file: mounted(receiver.url), channel: receiver.channel, title: headline, text: chatText }],
      };
    case "webhook":
      return { webhook_configs: [{ url_file: mounted(receiver.url) }] };
  }
}

/** Where the operator and the Helm chart mount the Secrets of an Alertmanager. */
function mounted({ name, key }: SecretKey): string {
  return `/etc/alertmanager/secrets/${name}/${key}`;
}

function renderMatcher({ name, matchType, value }: AlertMatcher): string {
  return `${name}${matchType}${JSON.stringify(value)}`;
}
