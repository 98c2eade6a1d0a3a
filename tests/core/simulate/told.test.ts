import assert from "node:assert/strict";
import { beforeAll, describe, it } from "@jest/globals";
import { playAlerts, type SentAlert } from "../../../core/simulate/play-alerts";
import type { Message } from "../../../core/simulate/recorded-alertmanager";
import { alertmanager as alertmanagerPath } from "../../tools/alertmanager";
import type { AlertmanagerConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { deployedAlertmanager } from "../../../core/simulate/deployed-alertmanager";
import { deploymentOf } from "./deployment-of";

const namespace = "dark-tower-observability";

interface Sent {
  readonly severity: "page" | "warning" | "info" | "none";
  readonly service: string;
  readonly from?: number;
  readonly until?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary?: string;
}

/** An alert of this project as Prometheus sends it. */
function sent(
  alertname: string,
  { severity, service, from = 0, until, labels = {}, summary = `${alertname} fires` }: Sent,
): SentAlert {
  return {
    labels: { alertname, severity, service, namespace, ...labels },
    annotations: {
      summary,
      impact: "Users notice.",
      description: "Fires when it is above 500.",
      runbook_url: `https://runbooks.example/${service}/incident-response.md#${alertname}`,
      dashboard_url: `https://grafana.example/d/${service}-overview?viewPanel=1&from=now`,
    },
    from,
    ...(until !== undefined && { until }),
  };
}

/** A notification in short: whom it reached, and what is read first. */
function inShort({ receiver, title }: Message): string {
  return `${receiver.replace(/^.*\//, "")}: ${title}`;
}

for (const delivery of ["operator", "plain"] as const) {
  describe(`with alertmanager ${delivery}`, () => {
    const stack: Record<string, AlertmanagerConfiguration> = {};
    let command = "";
    beforeAll(async () => {
      for (const name of ["staging", "prod"]) {
        const { model, settings } = deploymentOf(name, delivery);
        stack[name] = deployedAlertmanager(model, settings);
      }
      command = await alertmanagerPath();
    });
    const told = (name: string, alerts: readonly SentAlert[], lastsSeconds: number): Promise<readonly Message[]> => {
      const alertmanager = stack[name];
      assert.ok(alertmanager);
      return playAlerts({ alerts, lastsSeconds, alertmanager, command });
    };

    it("a page of staging, where only warnings have a receiver, is told there, and silences the warning that it explains", async () => {
      const mailbox = { service: "mc", labels: { actor_type: "MeetingActor" } } as const;
      const messages = await told(
        "staging",
        [
          sent("MCHighMailboxDepth", { ...mailbox, severity: "warning" }),
          sent("MCCriticalMailboxDepth", {
            ...mailbox,
            severity: "page",
            from: 15,
            summary: "MeetingActor mailboxes hold up to 900 messages",
          }),
        ],
        180,
      );
      assert.deepEqual(messages.map(inShort), [
        "warning: PAGE MCCriticalMailboxDepth (1 firing): MeetingActor mailboxes hold up to 900 messages",
      ]);
    });

    it("a GC that is down in staging is told there, and nothing that comes of it", async () => {
      const messages = await told(
        "staging",
        [
          sent("MCHeartbeatsStopped", { service: "mc", severity: "page", labels: { instance: "mc-0:8081" } }),
          sent("GCDown", { service: "gc", severity: "page", from: 15 }),
          sent("GCInstanceDown", { service: "gc", severity: "warning", from: 15, labels: { instance: "10.0.3.7:8080" } }),
        ],
        180,
      );
      assert.deepEqual(messages.map(inShort), ["warning: PAGE GCDown (1 firing): GCDown fires"]);
    });

    it("Slack is told that something ended", async () => {
      const messages = await told(
        "prod",
        [sent("MCHighMailboxDepth", { service: "mc", severity: "warning", until: 100, labels: { actor_type: "MeetingActor" } })],
        420,
      );
      assert.deepEqual(messages.map(inShort), [
        "warning: WARNING MCHighMailboxDepth (1 firing): MCHighMailboxDepth fires",
        "warning: RESOLVED MCHighMailboxDepth (1 resolved): MCHighMailboxDepth fires",
      ]);
      assert.deepEqual(
        messages.map(({ isEnd }) => isEnd),
        [false, true],
      );
    });

    it("of a page with three actor types, of which the first has ended, the two that fire are named with their values", async () => {
      const panic = (actor: string, value: number, until?: number): SentAlert =>
        sent("MCCriticalMailboxDepth", {
          service: "mc",
          severity: "page",
          labels: { actor_type: actor },
          summary: `${actor} mailboxes hold up to ${value} messages`,
          ...(until !== undefined && { until }),
        });
      const messages = await told(
        "prod",
        [panic("ConnectionActor", 600, 100), panic("MeetingActor", 700), panic("ParticipantActor", 800)],
        240,
      );
      assert.deepEqual(messages.map(inShort), [
        "page: PAGE MCCriticalMailboxDepth (3 firing): ConnectionActor mailboxes hold up to 600 messages",
        "page: PAGE MCCriticalMailboxDepth (2 firing, 1 resolved): MeetingActor mailboxes hold up to 700 messages",
      ]);
      const lines = messages[1]?.text.split("\n").filter((line) => /actor_type|^num_/.test(line));
      assert.deepEqual(lines, [
        "firing: - actor_type=MeetingActor: MeetingActor mailboxes hold up to 700 messages",
        "- actor_type=ParticipantActor: ParticipantActor mailboxes hold up to 800 messages",
        "num_firing: 2",
        "num_resolved: 1",
        "resolved: - actor_type=ConnectionActor: ConnectionActor mailboxes hold up to 600 messages",
      ]);
    });

    it("the watchdog is sent once a minute, to its own receiver alone, and never as ended; nothing else passes for it", async () => {
      const messages = await told(
        "prod",
        [
          sent("AlertingWatchdog", { service: "alerting", severity: "none", until: 400 }),
          sent("InfoInhibitor", { service: "kubernetes", severity: "none" }),
        ],
        600,
      );
      assert.deepEqual([...new Set(messages.map(inShort))], ["watchdog: AlertingWatchdog firing"]);
      const gaps = messages.slice(1).map(({ second }, index) => second - (messages[index]?.second ?? 0));
      assert.ok(
        gaps.length >= 4 && gaps.every((gap) => gap <= 90),
        `It came at the seconds ${messages.map(({ second }) => second).join(", ")}.`,
      );
    });

    it("what nobody is told of is told to nobody", async () => {
      assert.deepEqual(await told("prod", [sent("MCReadyNotRegistered", { service: "mc", severity: "info" })], 180), []);
    });
  });
}
