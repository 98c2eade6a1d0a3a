import { z } from "zod";
import { scaleFields, type Factor } from "./scaled-rules";

interface Route {
  readonly receiver: string;
  readonly routes?: readonly Route[] | undefined;
  readonly [field: string]: unknown;
}

const routeSchema: z.ZodType<Route> = z.lazy(() =>
  z.looseObject({ receiver: z.string(), routes: z.array(routeSchema).optional() }),
);
const integrations = z.array(z.looseObject({})).optional();
const schema = z.looseObject({
  route: routeSchema,
  receivers: z.array(
    z.looseObject({
      name: z.string(),
      pagerduty_configs: integrations,
      slack_configs: integrations,
      webhook_configs: integrations,
    }),
  ),
  inhibit_rules: z.array(z.looseObject({})).optional(),
});

/** The content of an alertmanager.yaml, as far as a play touches it. */
export type AlertmanagerConfiguration = z.infer<typeof schema>;

/** Reads what an alertmanager.yaml holds. */
export function readConfiguration(content: unknown): AlertmanagerConfiguration {
  return schema.parse(content);
}

/** The configuration with all its times in compressed time. */
export function scaleConfiguration(configuration: AlertmanagerConfiguration, factor: Factor): AlertmanagerConfiguration {
  return { ...configuration, route: scaleRoute(configuration.route, factor) };
}

/** Alertmanager's defaults, which must be compressed where a route leaves them out. */
const defaults = { group_wait: "30s", group_interval: "5m", repeat_interval: "4h" };

function scaleRoute(route: Route, factor: Factor, inherited = defaults): Route {
  const times = { ...inherited, ...route };
  return {
    ...route,
    ...scaleFields(
      { group_wait: times.group_wait, group_interval: times.group_interval, repeat_interval: times.repeat_interval },
      Object.keys(defaults),
      factor,
    ),
    ...(route.routes && { routes: route.routes.map((child) => scaleRoute(child, factor, times)) }),
  };
}

/** The configuration with every receiver at `<address><kind>/<name of the receiver>`, in place of its Secret. */
export function redirectReceivers(configuration: AlertmanagerConfiguration, address: string): AlertmanagerConfiguration {
  return {
    ...configuration,
    receivers: configuration.receivers.map(({ pagerduty_configs, slack_configs, webhook_configs, ...receiver }) => {
      const at = (kind: string): string => `${address}${kind}/${encodeURIComponent(receiver.name)}`;
      return {
        ...receiver,
        ...(pagerduty_configs && {
          pagerduty_configs: pagerduty_configs.map(({ routing_key_file: _, ...rest }) => ({
            ...rest,
            routing_key: "simulated",
            url: at("pagerduty"),
          })),
        }),
        ...(slack_configs && {
          slack_configs: slack_configs.map(({ api_url_file: _, ...rest }) => ({ ...rest, api_url: at("slack") })),
        }),
        ...(webhook_configs && {
          webhook_configs: webhook_configs.map(({ url_file: _, ...rest }) => ({ ...rest, url: at("webhook") })),
        }),
      };
    }),
  };
}
