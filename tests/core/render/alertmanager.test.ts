import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Receiver, Receivers } from "../../../core/model/receiver";
import { renderAlertmanagerFragment, renderAlertmanagerYaml } from "../../../core/render/alertmanager";
import { readConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { alertmanagerConfigObjects, mergeFragment } from "../../../core/simulate/deployed-alertmanager";
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

describe("the AlertmanagerConfigs", () => {
  const objects = alertmanagerConfigObjects({ inhibitions, receivers: { warning: slack } }, "ns");

  it("has inhibitions and nothing else where routing is somebody else's", () => {
    assert.deepEqual(alertmanagerConfigObjects({ inhibitions, receivers: {} }, "ns"), [
      { name: "inhibitions", namespace: "ns", spec: { inhibitRules: inhibitions } },
    ]);
  });

  it("becomes, by the operator, routes and inhibitions of its namespace with receivers of its name", () => {
    const { route, receivers, inhibit_rules } = convertAsOperator(objects);
    assert.deepEqual(
      { route, receivers: receivers.map(({ name }) => name), inhibit_rules },
      {
        route: {
          receiver: "null",
          routes: [
            {
              receiver: "ns/routing/nobody",
              matchers: ['namespace="ns"'],
              group_by: ["alertname", "service", "namespace"],
              continue: true,
              routes: [
                {
                  receiver: "ns/routing/warning",
                  matchers: ['severity="page"'],
                  group_wait: "45s",
                  group_interval: "2m",
                  repeat_interval: "1h",
                },
                {
                  receiver: "ns/routing/warning",
                  matchers: ['severity="warning"'],
                  group_wait: "1m",
                  group_interval: "5m",
                  repeat_interval: "12h",
                },
              ],
            },
          ],
        },
        receivers: ["null", "ns/routing/nobody", "ns/routing/warning"],
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

  it("looks only at its namespace also where the operator narrows nothing, or nothing beside its Alertmanager", () => {
    const beside = { strategy: "OnNamespaceExceptForAlertmanagerNamespace", namespace: "ns" } as const;
    for (const alertmanager of [{ strategy: "None" }, beside] as const) {
      const { route, inhibit_rules } = convertAsOperator(objects, alertmanager);
      assert.deepEqual(
        [route.routes?.[0]?.["matchers"], inhibit_rules?.[0]?.["source_matchers"], inhibit_rules?.[0]?.["equal"]],
        [['namespace="ns"'], ['alertname="GCDown"'], ["namespace"]],
      );
    }
    assert.deepEqual(convertAsOperator(objects, { ...beside, namespace: "elsewhere" }), convertAsOperator(objects));
  });
});

describe("the fragment", () => {
  it("takes only alerts of its namespace, to receivers of its prefix, before whatever stands in the configuration", () => {
    const fragment = renderAlertmanagerFragment({ inhibitions, receivers: { warning: slack } }, "ns", "dt-");
    const { route, receivers } = mergeFragment(fragment);
    const [own] = route.routes ?? [];
    assert.deepEqual(
      [own?.receiver, own?.["matchers"], own?.["continue"], own?.routes?.map(({ receiver }) => receiver)],
      ["dt-nobody", ['namespace="ns"'], undefined, ["dt-warning", "dt-warning"]],
    );
    assert.deepEqual(
      receivers.map(({ name }) => name),
      ["null", "dt-nobody", "dt-warning"],
    );
  });

  it("has inhibitions alone where routing is somebody else's", () => {
    const { route, receivers, inhibit_rules } = mergeFragment(
      renderAlertmanagerFragment({ inhibitions, receivers: {} }, "ns", "dt-"),
    );
    assert.deepEqual([route.routes, receivers.length, inhibit_rules?.length], [[], 1, 1]);
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
      const operator = convertAsOperator(alertmanagerConfigObjects(alerting, "ns")).receivers.slice(1);
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
