import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { it } from "@jest/globals";
import { z } from "zod";
import { atTestEnd } from "../at-test-end";
import { renderAlertmanagerYaml } from "../../render/alertmanager";
import { startAlertmanager } from "./alertmanager";
import { eventually } from "./eventually";
import { testFolder } from "./server";

const notification = z.object({ receiver: z.string(), alerts: z.array(z.object({ labels: z.record(z.string(), z.string()) })) });

const slackMessage = z.object({ attachments: z.array(z.object({ title: z.string(), text: z.string() })) });

it("the receiver of a severity is told of its alerts, and of no others", async () => {
  const notified: string[] = [];
  const address = await listen((body) => {
    const { receiver, alerts } = notification.parse(JSON.parse(body));
    notified.push(...alerts.map(({ labels }) => `${receiver}: ${labels["alertname"] ?? ""}`));
  });
  const secrets = testFolder();
  mkdirSync(join(secrets, "pager"));
  writeFileSync(join(secrets, "pager", "url"), address);
  const deployed = renderAlertmanagerYaml({
    inhibitions: [],
    receivers: { page: { type: "webhook", url: { name: "pager", key: "url" } } },
  });
  // The Secret is mounted elsewhere, and a test cannot wait for Alertmanager's usual half minute.
  const configuration = deployed.replace("/etc/alertmanager/secrets", secrets).replace("route:\n", "route:\n  group_wait: 1s\n");

  const alertmanager = await startAlertmanager(configuration);
  await alertmanager.post([
    { alertname: "MCHighMailboxDepth", severity: "warning" },
    { alertname: "MCActorPanic", severity: "page" },
  ]);
  await eventually(async () => {
    assert.deepEqual(notified, ["page: MCActorPanic"]);
    await Promise.resolve();
  });
});

it("a chat is told what it means, and where its runbook and its panel are", async () => {
  const told: string[] = [];
  const address = await listen((body) => told.push(body));
  const secrets = testFolder();
  mkdirSync(join(secrets, "chat"));
  writeFileSync(join(secrets, "chat", "url"), address);
  const deployed = renderAlertmanagerYaml({
    inhibitions: [],
    receivers: { warning: { type: "slack", url: { name: "chat", key: "url" }, channel: "#alerts" } },
  });
  const configuration = deployed.replace("/etc/alertmanager/secrets", secrets).replace("route:\n", "route:\n  group_wait: 1s\n");
  const alertmanager = await startAlertmanager(configuration);
  await alertmanager.post([{ alertname: "MCHighMailboxDepth", severity: "warning" }], {
    summary: "Mailboxes are deep",
    impact: "Delays",
    runbook_url: "https://runbooks.example.com/mc/incident-response.md#scenario-1",
    dashboard_url: "https://grafana.example.com/d/mc-overview?viewPanel=1",
  });
  await eventually(async () => {
    const [attachment] = slackMessage.parse(JSON.parse(told[0] ?? "{}")).attachments;
    assert.deepEqual(attachment, {
      title: "MCHighMailboxDepth: Mailboxes are deep",
      text: [
        "Mailboxes are deep",
        "Delays",
        "Runbook: https://runbooks.example.com/mc/incident-response.md#scenario-1",
        "Dashboard: https://grafana.example.com/d/mc-overview?viewPanel=1",
        "",
      ].join("\n"),
    });
    await Promise.resolve();
  });
});

it("Alertmanager accepts every kind of receiver", async () => {
  const configuration = renderAlertmanagerYaml({
    inhibitions: [],
    receivers: {
      page: { type: "pagerduty", routingKey: { name: "pagerduty", key: "routing-key" } },
      warning: { type: "slack", url: { name: "slack", key: "url" }, channel: "#dark-tower" },
      info: { type: "webhook", url: { name: "hook", key: "url" } },
    },
  });
  assert.deepEqual(await (await startAlertmanager(configuration)).alerts(), []);
});

async function listen(onRequest: (body: string) => void): Promise<string> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      onRequest(body);
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  atTestEnd(() => server.close());
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/` : "";
}
