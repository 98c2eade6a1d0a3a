import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { checkModel } from "../../../core/checks/check";
import { alertLabelsOf, type Installation } from "../../../core/model/installation";
import type { Receivers } from "../../../core/model/receiver";
import { renderAlertmanagerFragment, type Alerting } from "../../../core/render/alertmanager";
import { atInstallation } from "../../../core/render/at-installation";
import { renderInhibitions } from "../../../core/render/inhibitions";
import type { AlertmanagerConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { alertmanagerConfigObjects, mergeFragment } from "../../../core/simulate/deployed-alertmanager";
import { convertAsOperator, matcherStrategies } from "../../../core/simulate/operator-configuration";
import { playAlerts, type SentAlert } from "../../../core/simulate/play-alerts";
import { loadProject } from "../../../project";
import { alertmanager } from "../../tools/alertmanager";

const { checked: model } = checkModel(loadProject(resolve(__dirname, "../../..")), checks);
assert.ok(model);
const receivers: Receivers = { page: { type: "webhook", url: { name: "hook", key: "url" } } };

interface Stack {
  readonly namespace: string;
  readonly installation: Installation;
}

const inNamespaces: readonly Stack[] = ["a", "b"].map((town) => ({
  namespace: `monitoring-${town}`,
  installation: { workloadNamespace: `town-${town}` },
}));
/** Of two clusters, whose alerts one Alertmanager tells: their objects may have the same namespace. */
const ofClusters: readonly Stack[] = ["a", "b"].map((cluster) => ({
  namespace: "monitoring",
  installation: { externalLabels: { cluster } },
}));

function alertingOf({ installation }: Stack): Alerting {
  assert.ok(model);
  const here = atInstallation(model, installation);
  return { inhibitions: renderInhibitions(here, receivers), receivers, alertLabels: alertLabelsOf(installation) };
}

function fragments(stacks: readonly Stack[]): AlertmanagerConfiguration {
  const texts = stacks.map((stack, number) => renderAlertmanagerFragment(alertingOf(stack), stack.namespace, `stack-${number}-`));
  const parts = texts.map(mergeFragment);
  return {
    route: { receiver: "null", routes: parts.flatMap(({ route }) => route.routes ?? []) },
    receivers: [{ name: "null" }, ...parts.flatMap(({ receivers: own }) => own.filter(({ name }) => name !== "null"))],
    inhibit_rules: parts.flatMap(({ inhibit_rules: own = [] }) => own),
  };
}

function operators(stacks: readonly Stack[], strategy: (typeof matcherStrategies)[number]): AlertmanagerConfiguration {
  return convertAsOperator(
    stacks.flatMap((stack) => alertmanagerConfigObjects(alertingOf(stack), stack.namespace)),
    { strategy, namespace: "monitoring-a" },
  );
}

function sent(alertname: string, service: string, { namespace, installation }: Stack): SentAlert {
  const labels = { alertname, severity: "page", service, namespace, ...alertLabelsOf(installation) };
  return { labels, annotations: { summary: "It is seen." }, from: 0 };
}

const rows: readonly (readonly [name: string, stacks: readonly Stack[], configuration: AlertmanagerConfiguration])[] = [
  ...matcherStrategies.map((strategy) => [`the operator, ${strategy}`, inNamespaces, operators(inNamespaces, strategy)] as const),
  ["fragments of two namespaces", inNamespaces, fragments(inNamespaces)],
  ["fragments of two clusters", ofClusters, fragments(ofClusters)],
];

describe("what is down in one installation, told by an Alertmanager of two", () => {
  for (const [name, [here, there], configuration] of rows)
    it(`silences what comes of it there, and nothing of the other's: ${name}`, async () => {
      assert.ok(here && there);
      const alerts = [
        sent("GCDown", "gc", here),
        sent("MCHeartbeatsStopped", "mc", here),
        sent("MCHeartbeatsStopped", "mc", there),
      ];
      const messages = await playAlerts({
        alerts,
        lastsSeconds: 120,
        alertmanager: configuration,
        command: await alertmanager(),
      });
      const told = messages.map(({ receiver, title }) => `${receiver}: ${title}`).sort();
      assert.equal(told.length, 2, told.join("\n"));
      assert.match(told[0] ?? "", /^(monitoring-a\/routing\/|stack-0-)page: GCDown firing$/);
      assert.match(told[1] ?? "", /^(monitoring-b\/routing\/|stack-1-)page: MCHeartbeatsStopped firing$/);
    });
});
