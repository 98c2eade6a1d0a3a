import assert from "node:assert/strict";
import { resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { parse } from "yaml";
import { incidents } from "../../../incidents";
import type { Receivers } from "../../../core/model/receiver";
import { renderAlertmanagerFragment, renderAlertmanagerYaml } from "../../../core/render/alertmanager";
import { renderInhibitions } from "../../../core/render/inhibitions";
import { readConfiguration, type AlertmanagerConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { allPlays } from "../../../core/simulate/all-plays";
import { alertmanagerConfigObjects, mergeFragment } from "../../../core/simulate/deployed-alertmanager";
import { convertAsOperator, matcherStrategies } from "../../../core/simulate/operator-configuration";
import { playAlerts, type SentAlert } from "../../../core/simulate/play-alerts";
import { playAll } from "../../../core/simulate/run";
import { nameOf } from "../../../core/simulate/situation";
import { loadProject } from "../../../project";
import { alertmanager } from "../../tools/alertmanager";
import { promtool } from "../../tools/promtool";

const model = loadProject(resolve(__dirname, "../../.."));
const receivers: Receivers = {
  page: { type: "pagerduty", routingKey: { name: "pagerduty", key: "key" } },
  warning: { type: "slack", url: { name: "slack", key: "url" }, channel: "#alerts" },
};
const alerting = { inhibitions: renderInhibitions(model, receivers), receivers };
const namespace = "monitoring"; // as playAll renders the rules
const objects = alertmanagerConfigObjects(alerting, namespace);

/** What the Alertmanager of each target runs with. */
const configurations: Readonly<Record<string, AlertmanagerConfiguration>> = {
  ...Object.fromEntries(
    matcherStrategies.map((strategy) => [`operator, ${strategy}`, convertAsOperator(objects, { strategy, namespace })]),
  ),
  plain: readConfiguration(parse(renderAlertmanagerYaml(alerting))),
  fragment: mergeFragment(renderAlertmanagerFragment(alerting, namespace, "added-")),
};

/** Who is told of what in each incident, whatever the target. */
const expected: Readonly<Record<string, readonly string[]>> = {
  "losing/all-gcs-gone operator 15s": ["page: PAGE GCDown"],
  "traffic/postgres-dies operator 15s": ["page: PAGE GCDatabaseDown", "warning: WARNING GCTrafficStopped"],
};
const factor = 60;

async function toldIn(sent: readonly SentAlert[], configuration: AlertmanagerConfiguration): Promise<readonly string[]> {
  const lastsSeconds = Math.max(...sent.map(({ from }) => from)) + 300;
  const messages = await playAlerts({
    alerts: sent,
    lastsSeconds,
    alertmanager: configuration,
    command: await alertmanager(),
    factor,
  });
  const told = messages.map(({ receiver, title }) => `${receiver.replace(/^.*[/-]/, "")}: ${title.split(" (")[0] ?? ""}`);
  return [...new Set(told)].filter((each) => !each.includes("RESOLVED")).sort();
}

describe("the alerts of an incident, through the real Alertmanager of each target", () => {
  const told = new Map<string, readonly string[]>();
  beforeAll(async () => {
    const plays = allPlays(model.services, incidents).filter(({ situation, view }) => nameOf(situation, view) in expected);
    const played = await playAll(model, plays, { promtool: await promtool(), processes: 1 });
    for (const { name, timeline } of played) {
      const sent = timeline.firing.map(({ labels, from, until }): SentAlert => ({
        labels,
        annotations: { summary: "It is seen." },
        from,
        ...(Number.isFinite(until) && { until }),
      }));
      await Promise.all(
        Object.entries(configurations).map(async ([target, configuration]) =>
          told.set(`${name} ${target}`, await toldIn(sent, configuration)),
        ),
      );
    }
  });

  for (const [incident, everybody] of Object.entries(expected))
    for (const target of Object.keys(configurations))
      it(`reach the same people: ${incident}, ${target}`, () => assert.deepEqual(told.get(`${incident} ${target}`), everybody));
});
