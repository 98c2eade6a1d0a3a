import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Receiver, Receivers } from "../../../core/model/receiver";
import { renderAlertmanagerConfig, renderAlertmanagerYaml } from "../../../core/render/alertmanager";
import { readConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { convertAsOperator } from "../../../core/simulate/operator-configuration";
import { parse } from "yaml";

const slack: Receiver = { type: "slack", url: { name: "slack", key: "url" }, channel: "#alerts" };
const inhibitions = [
  {
    sourceMatch: [{ name: "alertname", matchType: "=", value: "GCDown" }],
    targetMatch: [{ name: "alertname", matchType: "=~", value: "A|B" }],
    equal: ["namespace"],
  },
] as const;

describe("the AlertmanagerConfig", () => {
  it("has inhibitions and nothing else where routing is somebody else's", () => {
    assert.deepEqual(renderAlertmanagerConfig({ inhibitions, receivers: {} }), { inhibitRules: inhibitions });
  });

  it("becomes, by the operator, routes and inhibitions of its namespace with receivers of its name", () => {
    const spec = renderAlertmanagerConfig({ inhibitions, receivers: { warning: slack } });
    const { route, receivers, inhibit_rules } = convertAsOperator({ name: "am", namespace: "ns", spec });
    assert.deepEqual(
      { route, receivers: receivers.map(({ name }) => name), inhibit_rules },
      {
        route: {
          receiver: "null",
          routes: [
            {
              receiver: "ns/am/nobody",
              matchers: ['namespace="ns"'],
              group_by: ["alertname", "service", "namespace"],
              continue: true,
              routes: [
                {
                  receiver: "ns/am/warning",
                  matchers: ['severity="page"'],
                  group_wait: "45s",
                  group_interval: "2m",
                  repeat_interval: "1h",
                },
                {
                  receiver: "ns/am/warning",
                  matchers: ['severity="warning"'],
                  group_wait: "1m",
                  group_interval: "5m",
                  repeat_interval: "12h",
                },
              ],
            },
          ],
        },
        receivers: ["null", "ns/am/nobody", "ns/am/warning"],
        inhibit_rules: [
          {
            source_matchers: ['alertname="GCDown"', 'namespace="ns"'],
            target_matchers: ['alertname=~"A|B"', 'namespace="ns"'],
            equal: ["namespace"],
          },
        ],
      },
    );
  });

  it("is taken as it is where the operator narrows nothing", () => {
    const spec = renderAlertmanagerConfig({ inhibitions, receivers: { warning: slack } });
    const { route, inhibit_rules } = convertAsOperator({ name: "am", namespace: "ns", spec }, "None");
    assert.deepEqual([route.routes?.[0]?.["matchers"], inhibit_rules?.[0]?.["source_matchers"]], [[], ['alertname="GCDown"']]);
  });
});

describe("both configurations", () => {
  const webhook = { type: "webhook", url: { name: "hook", key: "url" } } as const;
  const rows: readonly { name: string; receivers: Receivers; ends: Readonly<Record<string, unknown>> }[] = [
    { name: "Slack", receivers: { warning: slack }, ends: { nobody: undefined, warning: true } },
    {
      name: "PagerDuty",
      receivers: { page: { type: "pagerduty", routingKey: { name: "pd", key: "key" } } },
      ends: { nobody: undefined, page: true },
    },
    { name: "a webhook", receivers: { info: webhook }, ends: { nobody: undefined, info: true } },
    {
      name: "the watchdog not, who would take it for a sign of life",
      receivers: { watchdog: webhook },
      ends: { nobody: undefined, watchdog: false },
    },
  ];
  for (const { name, receivers, ends } of rows) {
    it(`tell of ends: ${name}`, () => {
      const alerting = { inhibitions: [], receivers };
      const spec = renderAlertmanagerConfig(alerting);
      const operator = convertAsOperator({ name: "am", namespace: "ns", spec }).receivers.slice(1);
      const plain = readConfiguration(parse(renderAlertmanagerYaml(alerting))).receivers;
      for (const all of [operator, plain]) assert.deepEqual(Object.fromEntries(all.map(toldOfEnds)), ends);
    });
  }
});

function toldOfEnds({ name, ...integrations }: ReturnType<typeof readConfiguration>["receivers"][number]): [string, unknown] {
  const [integration] = [integrations.pagerduty_configs, integrations.slack_configs, integrations.webhook_configs].flatMap(
    (all) => all ?? [],
  );
  return [name.replace(/^.*\//, ""), integration?.["send_resolved"]];
}
