import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { changesOf, scratchProject } from "../engine/scratch-project";
import { namesOf, nameOf, startAlertmanager, type AlertLabels, type ReceivedAlert } from "./alertmanager";
import { deployedConfiguration, withoutInhibitions } from "./deployed-alerting";
import { eventually } from "./eventually";
import { alongside, findAlert, firingAlerts, isBetween, isSlowerBurn, isSource } from "./firing-alerts";

/** What is silenced while one alert fires, and every other one with it. Nothing else is. */
const silencedBy: Readonly<Record<string, readonly string[]>> = {
  GCDown: ["GCInstanceDown gc-service-7d9f8b6c5-x2x4z-a:http", "GCNotReady", "MCHeartbeatsStopped mc-0:8081"],
  GCNotReady: ["MCHeartbeatsStopped mc-0:8081"],
  MCDown: ["GCNoHealthyMcs", "GCNoMcsAvailable", "MCInstanceDown mc-0-7d9f8b6c5-x2x4z-a:http"],
  "MCCriticalMailboxDepth MeetingActor": ["MCHighMailboxDepth MeetingActor"],
  "MCMessageProcessingBurnFast MeetingActor": [
    "MCMessageProcessingBurnMedium MeetingActor",
    "MCMessageProcessingBurnSlow MeetingActor",
    "MCMessageProcessingBurnSlowest MeetingActor",
  ],
  "MCMessageProcessingBurnMedium MeetingActor": [
    "MCMessageProcessingBurnSlow MeetingActor",
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
  "MCSessionJoinFailures",
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
      it(`silence ${silenced.join(", ")} while ${source} fires, and nothing else`, async () => {
        await assertInhibited({ configuration, posted: alongside(findAlert(alerts, source), alerts), expected: silenced });
      });
    }

    it("leave the pages of the MC's own failures while everything fires at once", async () => {
      const slower = alerts.filter(isSlowerBurn);
      const byCascades = ["GCDown", "MCDown"].flatMap((source) => silencedBy[source] ?? []);
      const byMailboxes = ["MCHighMailboxDepth MeetingActor", "MCHighMailboxDepth ParticipantActor"];
      const expected = [...namesOf(slower), ...byCascades, ...byMailboxes];
      const received = await assertInhibited({ configuration, posted: alerts, expected });
      const reaching = received.filter(({ status }) => status.state === "active").map(({ labels }) => nameOf(labels));
      assert.deepEqual(
        ownPages.filter((page) => !reaching.includes(page)),
        [],
      );
      assert.deepEqual(
        received.flatMap(({ labels, status }) => (isInhibitedBy(status, "GCDown", received) ? [nameOf(labels)] : [])).sort(),
        silencedBy["GCDown"],
      );
    });

    it("silence nothing in another namespace", async () => {
      const abroad = alerts.filter((alert) => !isSource(alert)).map((alert) => ({ ...alert, namespace: "elsewhere" }));
      const sources = alerts.filter(isSource);
      // The alert at home says that Alertmanager has seen what would silence those abroad.
      const posted = [...sources, ...abroad, findAlert(alerts, "MCHeartbeatsStopped mc-0:8081")];
      const slower = sources.filter(isSlowerBurn);
      const received = await assertInhibited({
        configuration,
        posted,
        expected: [...namesOf(slower), "GCNotReady", "MCHeartbeatsStopped mc-0:8081"],
      });
      const silenced = received.filter(({ labels, status }) => labels["namespace"] === "elsewhere" && status.state !== "active");
      assert.deepEqual(namesOf(silenced.map(({ labels }) => labels)), []);
    });

    it("are what silences: without those of GCDown, the registration page reaches people", async () => {
      const posted = alongside(findAlert(alerts, "GCDown"), alerts).filter((alert) => !isBetween(alert));
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

function isInhibitedBy({ inhibitedBy }: ReceivedAlert["status"], name: string, received: readonly ReceivedAlert[]): boolean {
  return received.some(({ labels, fingerprint }) => labels["alertname"] === name && inhibitedBy.includes(fingerprint));
}
