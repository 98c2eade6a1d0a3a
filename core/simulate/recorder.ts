import { createServer } from "node:http";
import { once } from "node:events";
import { text as bodyOf } from "node:stream/consumers";
import { z } from "zod";

/** What reached a receiver. */
export interface ReceivedMessage {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** The receiver, as Alertmanager's configuration names it. */
  readonly receiver: string;
  readonly kind: "pagerduty" | "slack" | "webhook";
  /** Whether it says that everything it is about has ended. */
  readonly isEnd: boolean;
  /** What is read first. */
  readonly title: string;
  readonly text: string;
  /** The request as it was sent. */
  readonly body: unknown;
}

/** A server on this machine that takes the place of PagerDuty, Slack and webhooks. */
export interface Recorder {
  /** With a slash at the end. */
  readonly address: string;
  /** What came so far, in order. */
  readonly messages: readonly ReceivedMessage[];
  readonly stop: () => void;
}

type Read = (body: unknown) => Pick<ReceivedMessage, "isEnd" | "title" | "text">;

const pagerDutyEvent = z.object({
  event_action: z.string(),
  payload: z.object({ summary: z.string(), custom_details: z.record(z.string(), z.unknown()).default({}) }),
});
const slackMessage = z.object({ attachments: z.tuple([z.object({ title: z.string(), text: z.string(), color: z.string() })]) });
const webhookMessage = z.object({
  status: z.string(),
  alerts: z.array(z.object({ status: z.string(), labels: z.record(z.string(), z.string()) })),
});

const readers: Readonly<Record<ReceivedMessage["kind"], Read>> = {
  pagerduty: (body) => {
    const { event_action: action, payload } = pagerDutyEvent.parse(body);
    const details = Object.entries(payload.custom_details).map(
      ([key, value]) => `${key}: ${typeof value === "string" ? value.trim() : JSON.stringify(value)}`,
    );
    return { isEnd: action === "resolve", title: payload.summary, text: details.join("\n") };
  },
  slack: (body) => {
    const [{ title, text, color }] = slackMessage.parse(body).attachments;
    return { isEnd: color === "good", title, text };
  },
  webhook: (body) => {
    const { status, alerts } = webhookMessage.parse(body);
    const lines = alerts.map((alert) => `${alert.status} ${JSON.stringify(alert.labels)}`);
    return { isEnd: status === "resolved", title: `${alerts[0]?.labels["alertname"] ?? ""} ${status}`, text: lines.join("\n") };
  },
};

/** Starts a recorder; receivers are at `<address><kind>/<receiver>`. */
export async function startRecorder(): Promise<Recorder> {
  const messages: ReceivedMessage[] = [];
  const server = createServer((request, response) => {
    const at = Date.now();
    const [, kind = "", receiver = ""] = (request.url ?? "").split("/");
    void bodyOf(request).then((text) => {
      if (isKind(kind)) {
        const body: unknown = JSON.parse(text);
        messages.push({ at, receiver: decodeURIComponent(receiver), kind, ...readers[kind](body), body });
      }
      response.writeHead(isKind(kind) ? 200 : 404).end("ok"); // the very word that Slack answers
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The recorder listens on no port.");
  return {
    address: `http://127.0.0.1:${address.port}/`,
    messages,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isKind(kind: string): kind is ReceivedMessage["kind"] {
  return kind in readers;
}
