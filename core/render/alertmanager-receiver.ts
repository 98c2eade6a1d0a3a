import type { Receiver, SecretKey } from "../model/receiver";
import { pagerDuty, slack } from "./notification";

/** A receiver's integrations as an AlertmanagerConfig writes them. */
export function operatorReceiver(receiver: Receiver, sendResolved: boolean): Readonly<Record<string, unknown>> {
  switch (receiver.type) {
    case "pagerduty": {
      const { clientUrl, links, details, ...texts } = pagerDuty;
      return {
        pagerdutyConfigs: [
          {
            sendResolved,
            routingKey: receiver.routingKey,
            ...texts,
            clientURL: clientUrl,
            // "alt" is what the operator calls the text of a link.
            pagerDutyLinkConfigs: links.map(({ href, text }) => ({ href, alt: text })),
            details: Object.entries(details).map(([key, value]) => ({ key, value })),
          },
        ],
      };
    }
    case "slack":
      return { slackConfigs: [{ sendResolved, apiURL: receiver.url, channel: receiver.channel, ...slack }] };
    case "webhook":
      return { webhookConfigs: [{ sendResolved, urlSecret: receiver.url }] };
  }
}

/** A receiver's integrations as an alertmanager.yaml writes them. */
export function plainReceiver(receiver: Receiver, sendResolved: boolean): Readonly<Record<string, unknown>> {
  switch (receiver.type) {
    case "pagerduty": {
      const { clientUrl, ...texts } = pagerDuty;
      return {
        pagerduty_configs: [
          { send_resolved: sendResolved, routing_key_file: mounted(receiver.routingKey), ...texts, client_url: clientUrl },
        ],
      };
    }
    case "slack":
      return {
        slack_configs: [
          { send_resolved: sendResolved, api_url_file: mounted(receiver.url), channel: receiver.channel, ...slack },
        ],
      };
    case "webhook":
      return { webhook_configs: [{ send_resolved: sendResolved, url_file: mounted(receiver.url) }] };
  }
}

/** Where the operator and the Helm chart mount the Secrets of an Alertmanager. */
function mounted({ name, key }: SecretKey): string {
  return `/etc/alertmanager/secrets/${name}/${key}`;
}
