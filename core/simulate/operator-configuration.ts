import { z } from "zod";
import type { AlertmanagerConfiguration } from "./alertmanager-configuration";

/** An AlertmanagerConfig, as far as this program writes one. */
export interface AlertmanagerConfigObject {
  readonly name: string;
  readonly namespace: string;
  readonly spec: unknown;
}

/**
 * How the operator narrows AlertmanagerConfigs to their namespaces: by default each; from 0.84 on each but those beside the
 * Alertmanager itself; or none.
 */
export const matcherStrategies = ["OnNamespace", "OnNamespaceExceptForAlertmanagerNamespace", "None"] as const;
export type MatcherStrategy = (typeof matcherStrategies)[number];

/** The Alertmanager object that reads AlertmanagerConfigs. */
export interface OperatorsAlertmanager {
  /** `OnNamespace` when left out. */
  readonly strategy?: MatcherStrategy;
  /** Where it is itself. Elsewhere than the AlertmanagerConfigs when left out. */
  readonly namespace?: string;
}

const secret = z.object({ name: z.string(), key: z.string() });
const matchers = z
  .array(z.strictObject({ name: z.string(), matchType: z.enum(["=", "!=", "=~", "!~"]), value: z.string() }))
  .transform((all) => all.map(({ name, matchType, value }) => `${name}${matchType}${JSON.stringify(value)}`));
const pagerDuty = z
  .looseObject({
    routingKey: secret,
    sendResolved: z.boolean(),
    clientURL: z.string(),
    pagerDutyLinkConfigs: z.array(z.strictObject({ href: z.string(), alt: z.string() })),
    details: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  })
  .transform(({ routingKey, sendResolved, clientURL, pagerDutyLinkConfigs, details, ...texts }) => ({
    ...texts,
    routing_key: `${routingKey.name}/${routingKey.key}`,
    send_resolved: sendResolved,
    client_url: clientURL,
    links: pagerDutyLinkConfigs.map(({ href, alt }) => ({ href, text: alt })),
    details: Object.fromEntries(details.map(({ key, value }) => [key, value])),
  }));
const slack = z
  .looseObject({ apiURL: secret, sendResolved: z.boolean() })
  .transform(({ apiURL, sendResolved, ...texts }) => ({ ...texts, api_url: contentOf(apiURL), send_resolved: sendResolved }));
const webhook = z
  .strictObject({ urlSecret: secret, sendResolved: z.boolean() })
  .transform(({ urlSecret, sendResolved }) => ({ url: contentOf(urlSecret), send_resolved: sendResolved }));
const receiver = z
  .strictObject({
    name: z.string(),
    pagerdutyConfigs: z.array(pagerDuty).optional(),
    slackConfigs: z.array(slack).optional(),
    webhookConfigs: z.array(webhook).optional(),
  })
  .transform(({ name, pagerdutyConfigs, slackConfigs, webhookConfigs }) => ({
    name,
    ...(pagerdutyConfigs && { pagerduty_configs: pagerdutyConfigs }),
    ...(slackConfigs && { slack_configs: slackConfigs }),
    ...(webhookConfigs && { webhook_configs: webhookConfigs }),
  }));
const childRoute = z
  .strictObject({ receiver: z.string(), matchers, groupWait: z.string(), groupInterval: z.string(), repeatInterval: z.string() })
  .transform(({ groupWait, groupInterval, repeatInterval, ...rest }) => ({
    ...rest,
    group_wait: groupWait,
    group_interval: groupInterval,
    repeat_interval: repeatInterval,
  }));
const configurationSpec = z.strictObject({
  route: z
    .strictObject({
      receiver: z.string(),
      matchers: matchers.default([]),
      groupBy: z.array(z.string()),
      routes: z.array(childRoute),
    })
    .optional(),
  receivers: z.array(receiver).default([]),
  inhibitRules: z.array(z.strictObject({ sourceMatch: matchers, targetMatch: matchers, equal: z.array(z.string()) })).default([]),
});

/**
 * What the Prometheus operator makes of AlertmanagerConfigs, beside a configuration of its own that tells nobody
 * (`pkg/alertmanager/amcfg.go` in its repository): receivers get the object's name, the first-level routes and, by default, both
 * sides of each inhibition look only at alerts of the object's namespace, and routing goes on behind each first-level route.
 * By default a first-level route's own matcher of the label `namespace` gives way to that.
 */
export function convertAsOperator(
  objects: readonly AlertmanagerConfigObject[],
  { strategy = "OnNamespace", namespace: home }: OperatorsAlertmanager = {},
): AlertmanagerConfiguration {
  const isNarrowed = (namespace: string): boolean => strategy === "OnNamespace" || (strategy !== "None" && namespace !== home);
  const converted = objects.map((object) => convert(object, isNarrowed(object.namespace)));
  return {
    route: { receiver: "null", routes: converted.flatMap(({ routes }) => routes) },
    receivers: [{ name: "null" }, ...converted.flatMap(({ receivers }) => receivers)],
    inhibit_rules: converted.flatMap(({ inhibitions }) => inhibitions),
  };
}

function convert({ name, namespace, spec }: AlertmanagerConfigObject, isNarrowed: boolean) {
  const { route, receivers, inhibitRules } = configurationSpec.parse(spec);
  const prefixed = (receiverName: string): string => `${namespace}/${name}/${receiverName}`;
  const own = isNarrowed ? [`namespace=${JSON.stringify(namespace)}`] : [];
  const first = (stated: readonly string[]): readonly string[] =>
    isNarrowed ? [...stated.filter((matcher) => !matcher.startsWith("namespace=")), ...own] : stated;
  return {
    routes: route
      ? [
          {
            receiver: prefixed(route.receiver),
            matchers: [...first(route.matchers)],
            group_by: route.groupBy,
            continue: true,
            routes: route.routes.map((child) => ({ ...child, receiver: prefixed(child.receiver) })),
          },
        ]
      : [],
    receivers: receivers.map((each) => ({ ...each, name: prefixed(each.name) })),
    inhibitions: inhibitRules.map(({ sourceMatch, targetMatch, equal }) => ({
      source_matchers: [...sourceMatch, ...own],
      target_matchers: [...targetMatch, ...own],
      equal,
    })),
  };
}

/** The Secret itself is in no cluster here. */
function contentOf({ name, key }: z.infer<typeof secret>): string {
  return `https://secret.invalid/${name}/${key}`;
}
