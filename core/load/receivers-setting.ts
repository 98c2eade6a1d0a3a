import { z } from "zod";
import type { Receiver, Webhook } from "../model/receiver";

/** What is allowed, in words. */
export const allowedReceivers = {
  receivers:
    'must be an object by severity, page, warning or info, such as {"page": {"pagerduty": "secret/key"}}, perhaps with a watchdog.',
  receiver:
    'must be {"pagerduty": "secret/key"}, {"slack": "secret/key", "channel": "#name"} or {"webhook": "secret/key"}, ' +
    "where secret/key names a key of a Kubernetes Secret.",
  watchdog: 'must be {"webhook": "secret/key"}, where secret/key names a key of a Kubernetes Secret.',
  secretKey: 'must name a key of a Kubernetes Secret, such as "secret/key".',
} as const;
const allowed = allowedReceivers;

const secretKey = z
  .string(allowed.secretKey)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[-._A-Za-z0-9]+$/, allowed.secretKey)
  .transform((text) => {
    const [name = "", key = ""] = text.split("/");
    return { name, key };
  });

const webhook = z
  .strictObject({ webhook: secretKey }, allowed.watchdog)
  .transform((named): Webhook => ({ type: "webhook", url: named.webhook }));

const receiver = z.union(
  [
    z
      .strictObject({ pagerduty: secretKey })
      .transform(({ pagerduty }): Receiver => ({ type: "pagerduty", routingKey: pagerduty })),
    z
      .strictObject({ slack: secretKey, channel: z.string().min(1) })
      .transform(({ slack, channel }): Receiver => ({ type: "slack", url: slack, channel })),
    webhook,
  ],
  allowed.receiver,
);

/** Who is told of what: by severity, and where what always fires is sent. */
export const receivers = z.strictObject(
  {
    page: z.exactOptional(receiver),
    warning: z.exactOptional(receiver),
    info: z.exactOptional(receiver),
    watchdog: z.exactOptional(webhook),
  },
  allowed.receivers,
);
