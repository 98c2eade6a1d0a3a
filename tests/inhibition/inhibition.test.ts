import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { changesOf, scratchProject } from "../engine/scratch-project";
import { namesOf, nameOf, startAlertmanager, type AlertLabels, type ReceivedAlert } from "./alertmanager";
import { deployedConfiguration, withoutInhibitions } from "./deployed-alerting";
import { eventually } from "./eventually";
import { alongside, explainedAmong, explains, findAlert, firingAlerts } from "./firing-alerts";

/** Whatever the cascades say, these must be silenced. */
const registration = "MCHeartbeatsStopped mc-0-7d9f8b6c5-x2x4z:http";
const silencedBy: Readonly<Record<string, readonly string[]>> = {
  GCDown: ["GCNotReady", registration],
  GCNotReady: [registration],
  GCDatabaseDown: ["GCNotReady", registration],
  MCDown: ["GCNoHealthyMcs gc-service-7d9f8b6c5-x2x4z:http", "GCNoMcsAvailable"],
  "MCCriticalMailboxDepth MeetingActor": ["MCHighMailboxDepth MeetingActor"],
  "MCMessageProcessingBurnFast MeetingActor": [
    "MCMessageProcessingBurnMedium MeetingActor",
    "MCMessageProcessingBurnSlowest MeetingActor",
  ],
  "MCMessageProcessingBurnSlow MeetingActor": ["MCMessageProcessingBurnSlowest MeetingActor"],
  GCAssignmentBurnFast: ["GCAssignmentBurnMedium", "GCAssignmentBurnSlow", "GCAssignmentBurnSlowest"],
};

/** Pages of the MC's own making: a GC that is down explains none of them. */
const ownPages = [
  "MCActorPanic MeetingActor",
  "MCActorPanic ParticipantActor",
  "MCCriticalMailboxDepth MeetingActor",
  "MCCriticalMailboxDepth ParticipantActor",
  "MCDown",
];

for (const setting of ["operator", "plain"]) {
  describe(`the inhibitions that are deployed with alertmanager ${setting}`, () => {
    const project = scratchProject();
    let configuration = "";
    let alerts: readonly AlertLabels[] = [];
    beforeAll(async () => {
      project.edit("Pulumi.dev.yaml", (text) => `${text.trimEnd()}\n  dark-tower-observability:alertmanager: ${setting}\n`);
      changesOf(await project.run("dev", "up"));
      configuration = deployedConfiguration(project.deployed("dev"));
      alerts = firingAlerts(project.deployed("dev"));
    });
    afterAll(() => project.remove());

    for (const [source, silenced] of Object.entries(silencedBy)) {
      it(`silence ${silenced.join(", ")} while ${source} fires, and nothing that no cascade names`, async () => {
        const posted = alongside(findAlert(alerts, source), alerts);
        const expected = explainedAmong(posted);
        assert.deepEqual(
          silenced.filter((name) => !expected.includes(name)),
          [],
        );
        await assertInhibited({ configuration, posted, expected });
      });
    }

    it("leave the pages of the MC's own failures while everything fires at once", async () => {
      const received = await assertInhibited({ configuration, posted: alerts, expected: explainedAmong(alerts) });
      const reaching = received.filter(({ status }) => status.state === "active").map(({ labels }) => nameOf(labels));
      assert.deepEqual(
        ownPages.filter((page) => !reaching.includes(page)),
        [],
      );
    });

    it("silence nothing in another namespace", async () => {
      const abroad = alongside(findAlert(alerts, "GCDown"), alerts)
        .slice(1)
        .filter((alert) => alerts.every((target) => !explains(alert, target)))
        .map((alert) => ({ ...alert, namespace: "elsewhere" }));
      // The alert at home says that Alertmanager has seen what would silence those abroad.
      const posted = [findAlert(alerts, "GCDown"), findAlert(alerts, "MCDown"), ...abroad, findAlert(alerts, registration)];
      await assertInhibited({ configuration, posted, expected: [registration] });
    });

    it("are what silences: without those of GCDown, the registration page reaches people", async () => {
      const posted = alongside(findAlert(alerts, "GCDown"), alerts).filter(
        (alert) => alert["alertname"] === "GCDown" || alerts.every((target) => !explains(alert, target)),
      );
      await assertInhibited({ configuration: withoutInhibitions(configuration, "GCDown"), posted, expected: [] });
    });
  });
}

interface Situation {
  readonly configuration: string;
  readonly posted: readonly AlertLabels[];
  readonly expected: readonly string[];
}

async function assertInhibited({ configuration, posted, expected }: Situation): Promise<readonly ReceivedAlert[]> {
  const alertmanager = await startAlertmanager(configuration);
  await alertmanager.post(posted);
  return eventually(async () => {
    const received = await alertmanager.alerts();
    const inhibited = received.filter(({ status }) => status.inhibitedBy.length > 0);
    assert.deepEqual(namesOf(received.map(({ labels }) => labels)), namesOf(posted));
    assert.deepEqual(namesOf(inhibited.map(({ labels }) => labels)), [...expected].sort());
    return received;
  });
}
