import assert from "node:assert/strict";
import { beforeAll, describe, it } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import type { Receivers } from "../../../core/model/receiver";
import { renderAlertmanagerFragment, renderAlertmanagerYaml } from "../../../core/render/alertmanager";
import { readConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { inTemporaryFolder, startLocalServer } from "../../../core/simulate/local-server";
import { alertmanagerConfigObjects, mergeFragment } from "../../../core/simulate/deployed-alertmanager";
import { convertAsOperator } from "../../../core/simulate/operator-configuration";
import { playAlerts, type SentAlert } from "../../../core/simulate/play-alerts";
import type { Message } from "../../../core/simulate/recorded-alertmanager";
import { alertmanager as alertmanagerPath } from "../../tools/alertmanager";

const receivers: Receivers = {
  page: { type: "pagerduty", routingKey: { name: "pagerduty", key: "routing-key" } },
  warning: { type: "slack", url: { name: "slack", key: "url" }, channel: "#alerts" },
  info: { type: "webhook", url: { name: "hook", key: "url" } },
  watchdog: { type: "webhook", url: { name: "watchdog", key: "url" } },
};
const alerting = { inhibitions: [], receivers };

const pagerEvent = z.object({
  client: z.string(),
  client_url: z.string(),
  links: z.array(z.object({ href: z.string(), text: z.string() })),
  payload: z.looseObject({
    severity: z.string(),
    class: z.string(),
    component: z.string(),
    group: z.string(),
    summary: z.string(),
  }),
});
const slackMessage = z.object({
  channel: z.string(),
  attachments: z.array(z.looseObject({ title: z.string(), text: z.string(), fallback: z.string(), color: z.string() })),
});

function firing(severity: string, own: Readonly<Record<string, string>>, summary = "It is deep"): SentAlert {
  return {
    labels: { alertname: "MCHighMailboxDepth", severity, service: "mc", namespace: "monitoring", ...own },
    annotations: {
      summary,
      impact: "Participants notice delays.",
      description: "Fires when it is above 100 for 5m (now 150). Look first at the Global Controller: does GCDown fire?",
      runbook_url: "https://runbooks.example/mc/incident-response.md#scenario-1",
      dashboard_url: "https://grafana.example/d/mc-overview?viewPanel=1&from=now-1h",
    },
    from: 0,
  };
}

describe("a notification", () => {
  let command = "";
  beforeAll(async () => {
    command = await alertmanagerPath();
  });
  const told = async (alerts: readonly SentAlert[]): Promise<Message> => {
    const alertmanager = readConfiguration(parse(renderAlertmanagerYaml(alerting)));
    const [first] = await playAlerts({ alerts, lastsSeconds: 120, alertmanager, command });
    assert.ok(first);
    return first;
  };

  it("to Slack says what fires, what it means, and links the runbook and the panel", async () => {
    const { body } = await told([firing("warning", { actor_type: "MeetingActor", pod: "mc-0-1" })]);
    const { channel, attachments } = slackMessage.parse(body);
    assert.equal(channel, "#alerts");
    assert.deepEqual(
      attachments.map(({ title, fallback, color, text }) => ({ title, fallback, color, text })),
      [
        {
          title: "WARNING MCHighMailboxDepth (1 firing): It is deep",
          fallback: "WARNING MCHighMailboxDepth (1 firing): It is deep",
          color: "warning",
          text: [
            "<https://runbooks.example/mc/incident-response.md#scenario-1|Runbook> " +
              "<https://grafana.example/d/mc-overview?viewPanel=1&amp;from=now-1h|Dashboard> ",
            "Participants notice delays.",
            "Firing:",
            "- actor_type=MeetingActor, pod=mc-0-1: It is deep",
            "Fires when it is above 100 for 5m (now 150). Look first at the Global Controller: does GCDown fire?",
          ].join("\n"),
        },
      ],
    );
  });

  it("to PagerDuty has its severity, what it is about, and its links", async () => {
    const { body } = await told([firing("page", { actor_type: "MeetingActor" })]);
    const { client, client_url: clientUrl, links, payload } = pagerEvent.parse(body);
    const { severity, class: kind, component, group } = payload;
    assert.deepEqual(
      { client, clientUrl, links, severity, kind, component, group },
      {
        client: "Grafana",
        clientUrl: "https://grafana.example/d/mc-overview?viewPanel=1&from=now-1h",
        links: [
          { href: "https://runbooks.example/mc/incident-response.md#scenario-1", text: "Runbook" },
          { href: "https://grafana.example/d/mc-overview?viewPanel=1&from=now-1h", text: "Dashboard" },
        ],
        severity: "critical",
        kind: "MCHighMailboxDepth",
        component: "mc",
        group: "monitoring",
      },
    );
  });

  it("mentions nobody, links nowhere and lists no alert that a label's value makes up", async () => {
    const value = "<!channel> <https://evil.example|Runbook> & so on\n- actor_type=MeetingActor: all is well";
    const { title, text } = await told([firing("warning", { operation: value }, `It is ${value}`)]);
    const shown = "&lt;!channel&gt; &lt;https://evil.example|Runbook&gt; &amp; so on - actor_type=MeetingActor: all is well";
    assert.equal(title, `WARNING MCHighMailboxDepth (1 firing): It is ${shown}`);
    assert.deepEqual(
      text.split("\n").filter((line) => line.startsWith("- ")),
      [`- operation=${shown}: It is ${shown}`],
    );
  });

  it("to PagerDuty stays text where a label's value looks like a list or a template", async () => {
    const { text } = await told([firing("page", { operation: "{{ .ExternalURL }}" }, "A list: [1, 2]")]);
    assert.match(text, /^firing: - operation=\{\{ \.ExternalURL \}\}: A list: \[1, 2\]$/m);
  });

  it("of very many alerts with very long texts is of bounded length, and says how many there are", async () => {
    const many = Array.from({ length: 40 }, (_, number) =>
      firing("warning", { actor_type: `${number} ${"x".repeat(3000)}` }, "y".repeat(3000)),
    );
    const { title, text } = await told(many);
    assert.ok(title.length < 400 && text.length < 6000, `The title has ${title.length} characters, the text ${text.length}.`);
    assert.match(title, /\(40 firing\)/);
    assert.equal(text.split("\n").filter((line) => line.startsWith("- actor_type=")).length, 10);
    assert.match(text, /^- and more: 40 in all$/m);
  });

  for (const [delivery, configuration] of [
    ["operator", JSON.stringify(convertAsOperator(alertmanagerConfigObjects(alerting, "monitoring")))],
    ["plain", renderAlertmanagerYaml(alerting)],
    ["fragment", JSON.stringify(mergeFragment(renderAlertmanagerFragment(alerting, "monitoring", "dt-")))],
  ] as const) {
    it(`goes to every kind of receiver: Alertmanager accepts the ${delivery} configuration`, async () => {
      await inTemporaryFolder(async (folder) => {
        const args = ["--storage.path=state", "--cluster.listen-address="];
        const server = await startLocalServer({ command, folder, configuration, args });
        try {
          assert.equal((await fetch(`${server.url}/-/healthy`)).status, 200);
        } finally {
          server.stop();
        }
      });
    });
  }
});
